#include "server/http/fit.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "crypto/codes/server.h"

namespace tuixuan::http {

namespace {

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view s, char at) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t end = s.find(at);
    out.push_back(trim(s.substr(0, end)));
    if (end == std::string_view::npos) return out;
    s.remove_prefix(end + 1);
  }
}

bool same_letters(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// ";q=0", ";q=0.000"
bool has_no_weight(std::string_view parameter) {
  const auto sides = split(parameter, '=');
  return sides.size() == 2 && same_letters(sides[0], "q") && !sides[1].empty() && sides[1].front() == '0' &&
         sides[1].find_first_not_of("0.") == std::string_view::npos;
}

void send_part(Response& r, const Request& request) {
  const std::uint64_t size = r.content().size();
  const auto part = part_of(request.range, size);
  if (!part) {
    Response refused = refusal(part.error());
    refused.content_range = "bytes */" + std::to_string(size);
    refused.length = refused.body.size();
    r = std::move(refused);
    return;
  }
  if (!*part) return;
  r.status = 206;
  r.first = (*part)->first;
  r.length = (*part)->last - (*part)->first + 1;
  r.content_range =
      "bytes " + std::to_string((*part)->first) + "-" + std::to_string((*part)->last) + "/" + std::to_string(size);
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
  bool any = false;
  for (const std::string_view one : split(accept_encoding, ',')) {
    const auto parts = split(one, ';');
    const bool refused = std::any_of(parts.begin() + 1, parts.end(), has_no_weight);
    if (same_letters(parts[0], "gzip") || same_letters(parts[0], "x-gzip")) return !refused;
    if (parts[0] == "*") any = !refused;
  }
  return any;
}

bool has_tag(std::string_view list, std::string_view tag) {
  for (std::string_view one : split(list, ',')) {
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

Result<std::optional<Part>> part_of(std::string_view range, std::uint64_t size) {
  const std::size_t equals = range.find('=');
  if (equals == std::string_view::npos || !same_letters(trim(range.substr(0, equals)), "bytes")) return std::nullopt;
  const std::string_view ends = trim(range.substr(equals + 1));
  const std::size_t dash = ends.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number_in(ends.substr(0, dash));
  const auto last = number_in(ends.substr(dash + 1));
  const auto beyond = [&] {
    return fail(code::http::range,
                "there is no part " + std::string(ends.substr(0, 50)) + " of " + std::to_string(size) + " bytes");
  };
  if (dash == 0) {  // the last so many
    if (!last) return std::nullopt;
    if (*last == 0 || size == 0) return beyond();
    return Part{size - std::min(size, *last), size - 1};
  }
  const bool open = dash + 1 == ends.size();
  if (!first || (!open && !last) || (last && *last < *first)) return std::nullopt;
  if (*first >= size) return beyond();
  return Part{*first, last ? std::min(*last, size - 1) : size - 1};
}

Bytes gzip(ByteView bytes, int level) {
  z_stream z{};
  constexpr int kGzip = 15 + 16;  // window bits, with the header of gzip
  if (deflateInit2(&z, level, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) bug("no memory for zlib");
  Bytes out(deflateBound(&z, bytes.size()));
  z.next_in = const_cast<Bytef*>(bytes.data());
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = out.data();
  z.avail_out = static_cast<uInt>(out.size());
  if (deflate(&z, Z_FINISH) != Z_STREAM_END) bug("zlib needs more than it says");
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

void fit(Response& r, const Request& request) {
  if (r.status != 200 || r.tag.empty()) return;
  if (r.packed && request.range.empty() && takes_gzip(request.accept_encoding)) {
    r.shared = r.packed;
    r.encoding = "gzip";
    r.tag.insert(r.tag.size() - 1, "-gz");
  }
  if (has_tag(request.if_none_match, r.tag)) {
    r.status = 304;
    r.body.clear();
    r.shared.reset();
    return;
  }
  if (!request.range.empty() && (request.if_range.empty() || request.if_range == r.tag)) send_part(r, request);
}

}  // namespace tuixuan::http
