#include "server/board/html.h"

#include <array>
#include <cstdio>

namespace tuixuan::board {

std::string esc(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string el(std::string_view name, std::string_view inner, std::string_view attributes) {
  std::string out = "<" + std::string(name);
  if (!attributes.empty()) out += " " + std::string(attributes);
  return out + ">" + std::string(inner) + "</" + std::string(name) + ">";
}

std::string link(std::string_view href, std::string_view text) {
  return el("a", esc(text), "href=\"" + esc(href) + "\"");
}

std::string row(std::initializer_list<std::string> cells, std::string_view cell) {
  std::string inner;
  for (const std::string& c : cells) inner += el(cell, c, cell == "th" ? "scope=\"col\"" : "");
  return el("tr", inner) + "\n";
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string bar(std::uint64_t part, std::uint64_t whole, std::string_view kind) {
  const std::uint64_t tenths = whole == 0 ? 0 : std::min(part, whole) * 1000 / whole;
  const std::string width = n(tenths / 10) + "." + n(tenths % 10);
  return "<svg class=\"bar " + std::string(kind) +
         "\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"whole\" "
         "width=\"100\" "
         "height=\"10\"/><rect class=\"part\" width=\"" +
         width + "\" height=\"10\"/></svg>";
}

// The strokes in the order of writing.
static constexpr std::array<std::string_view, 5> kStrokes{"M3 3H17", "M10 3V17", "M10 10H16", "M5 9V17", "M2 17H18"};

std::string stroke_symbols() {
  std::string out = "<svg class=\"symbols\" aria-hidden=\"true\">";
  std::string path;
  for (std::size_t i = 0; i < kStrokes.size(); ++i) {
    path += kStrokes.at(i);
    out += "<symbol id=\"z" + n(i + 1) + "\" viewBox=\"0 0 20 20\"><path d=\"" + path + "\"/></symbol>";
  }
  return out + "</svg>";
}

std::string strokes(std::uint64_t votes) {
  std::string out;
  for (std::uint64_t left = votes; left > 0;) {
    const std::uint64_t now = std::min<std::uint64_t>(left, kStrokes.size());
    out += "<svg aria-hidden=\"true\"><use href=\"#z" + n(now) + "\"/></svg>";
    left -= now;
  }
  return el("span", out, "class=\"zheng\"");
}

}  // namespace tuixuan::board
