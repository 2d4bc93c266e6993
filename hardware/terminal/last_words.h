// A program that ends by an exception which nothing caught, in whatever thread, says so in both languages and ends with
// status 70, so that its unit starts it again; what was durable stays.
#pragma once

namespace tuixuan::terminal {

void install_last_words();

}  // namespace tuixuan::terminal
