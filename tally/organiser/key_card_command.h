// `tuixuan key-card`: a role's key file as a QR code, on the terminal or as a card to print, so that a kiosk's helper
// page opens by its code reader where no USB stick is allowed. The passphrase is asked for, so that no card is printed
// that opens nothing; it is not on the card.
#pragma once

#include <CLI/CLI.hpp>

#include "crypto/base/result.h"

namespace tuixuan::organiser {

struct KeyCardOptions {
  std::string file;
  std::string role = "supervisor";
  std::string holder;
  std::string pdf;  // to be written; none: on the terminal
  int passphrase_fd = -1;
};
[[nodiscard]] Result<void> make_key_card(const KeyCardOptions&);

void add_key_card_command(CLI::App& app, std::function<Result<void>()>& chosen);

}  // namespace tuixuan::organiser
