// The files that come with the program, put into it by the assembler. Without the room server/web there is the style
// alone.
#include <algorithm>

#include "crypto/primitives/base64.h"
#include "crypto/primitives/hash.h"
#include "server/board/page.h"

#define TUIXUAN_FILE(symbol, path)                                                            \
  asm(".section .rodata\n.global tuixuan_" #symbol "\ntuixuan_" #symbol ":\n.incbin \"" path  \
      "\"\n.global tuixuan_" #symbol "_end\ntuixuan_" #symbol "_end:\n.byte 0\n.previous\n"); \
  extern "C" const char tuixuan_##symbol;                                                     \
  extern "C" const char tuixuan_##symbol##_end

TUIXUAN_FILE(board_css, TUIXUAN_BOARD_CSS);
#ifdef TUIXUAN_WEB_OUT
TUIXUAN_FILE(hall_js, TUIXUAN_WEB_OUT "/hall.js");
TUIXUAN_FILE(ballot_js, TUIXUAN_WEB_OUT "/ballot.js");
TUIXUAN_FILE(mine_js, TUIXUAN_WEB_OUT "/mine.js");
TUIXUAN_FILE(verify_js, TUIXUAN_WEB_OUT "/verify.js");
TUIXUAN_FILE(receipt_js, TUIXUAN_WEB_OUT "/receipt.js");
TUIXUAN_FILE(log_js, TUIXUAN_WEB_OUT "/log.js");
TUIXUAN_FILE(replay_js, TUIXUAN_WEB_OUT "/replay.js");
TUIXUAN_FILE(worker_js, TUIXUAN_WEB_OUT "/worker.js");
TUIXUAN_FILE(verifier_html, TUIXUAN_WEB_OUT "/verifier.html");
#endif

namespace tuixuan::board {

#define TUIXUAN_ASSET(name, type, symbol)                                                                    \
  Asset {                                                                                                    \
    name, type, { &tuixuan_##symbol, static_cast<std::size_t>(&tuixuan_##symbol##_end - &tuixuan_##symbol) } \
  }

static const auto& assets() {
  static const std::vector<Asset> list{
#ifdef TUIXUAN_WEB_OUT
      TUIXUAN_ASSET("hall.js", "text/javascript; charset=utf-8", hall_js),
      TUIXUAN_ASSET("ballot.js", "text/javascript; charset=utf-8", ballot_js),
      TUIXUAN_ASSET("mine.js", "text/javascript; charset=utf-8", mine_js),
      TUIXUAN_ASSET("verify.js", "text/javascript; charset=utf-8", verify_js),
      TUIXUAN_ASSET("receipt.js", "text/javascript; charset=utf-8", receipt_js),
      TUIXUAN_ASSET("log.js", "text/javascript; charset=utf-8", log_js),
      TUIXUAN_ASSET("replay.js", "text/javascript; charset=utf-8", replay_js),
      TUIXUAN_ASSET("worker.js", "text/javascript; charset=utf-8", worker_js),
      TUIXUAN_ASSET("verifier.html", "text/html; charset=utf-8", verifier_html),
#endif
  };
  return list;
}

const Asset* find_asset(std::string_view name) {
  const auto it = std::find_if(assets().begin(), assets().end(), [&](const Asset& a) { return a.name == name; });
  return it == assets().end() ? nullptr : &*it;
}

std::vector<std::string_view> asset_names() {
  std::vector<std::string_view> out;
  for (const Asset& a : assets()) out.push_back(a.name);
  return out;
}

std::string_view style() {
  return {&tuixuan_board_css, static_cast<std::size_t>(&tuixuan_board_css_end - &tuixuan_board_css)};
}

const std::string& policy() {
  static const std::string text =
      "default-src 'none'; style-src 'sha256-" + primitives::to_base64(primitives::sha256(as_bytes(style())).view()) +
      "'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri "
      "'none'";
  return text;
}

}  // namespace tuixuan::board
