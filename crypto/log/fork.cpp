#include "crypto/log/fork.h"

#include "crypto/codes/entries.h"

namespace tuixuan::log {
namespace {

constexpr std::string_view kHead = "tuixuan-fork/1\n\n";

tl::unexpected<Error> malformed(const std::string& why) { return fail(code::log::fork_form, why); }

// A checkpoint has no empty line within, so a note ends at the first empty line behind its signatures, or at the end.
Result<std::string_view> take_note(std::string_view& rest) {
  const std::size_t text = rest.find("\n\n");
  if (text == std::string_view::npos) return malformed("a checkpoint without signatures");
  const std::size_t end = rest.find("\n\n", text + 2);
  const std::string_view note = end == std::string_view::npos ? rest : rest.substr(0, end + 1);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return note;
}

}  // namespace

std::string format_fork(const Fork& fork) { return std::string(kHead) + fork.held + "\n" + fork.shown; }

Result<Fork> parse_fork(std::string_view file) {
  if (file.size() > kMaxForkSize) return malformed("the file is too long");
  if (!file.starts_with(kHead)) return malformed("the file is not tuixuan-fork/1");
  std::string_view rest = file.substr(kHead.size());
  TUIXUAN_TRY(held, take_note(rest));
  TUIXUAN_TRY(shown, take_note(rest));
  if (!rest.empty()) return malformed("there is something after the second checkpoint");
  Fork out{std::string(held), std::string(shown)};
  for (const std::string& note : {out.held, out.shown}) {
    TUIXUAN_TRY(parsed, parse_note(note));
    TUIXUAN_CHECK(parse_checkpoint_lines(parsed.text).map([](const Checkpoint&) {}));
  }
  if (format_fork(out) != file) return malformed("the file has another spelling than its content");
  return out;
}

Result<JudgedFork> judge_fork(const Fork& fork, const NoteKey& log) {
  TUIXUAN_TRY(held, open_checkpoint(fork.held, log));
  TUIXUAN_TRY(shown, open_checkpoint(fork.shown, log));
  if (held.checkpoint == shown.checkpoint) return malformed("both are the same checkpoint: nothing contradicts");
  return JudgedFork{held.checkpoint, shown.checkpoint, held.checkpoint.size == shown.checkpoint.size};
}

}  // namespace tuixuan::log
