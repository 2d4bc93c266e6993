#include "crypto/log/witness.h"

#include "crypto/codes/server.h"

namespace tuixuan::log {

Result<OpenedCheckpoint> judge(std::string_view body, const std::optional<Checkpoint>& held, const NoteKey& log) {
  if (body.size() > kMaxAddCheckpoint) return fail(code::witness::form, "the request is too long");
  const auto request = parse_add_checkpoint(body);
  if (!request) return fail(code::witness::form, request.error().text());
  TUIXUAN_TRY(note, parse_note(request->checkpoint));
  TUIXUAN_TRY(shown, parse_checkpoint_lines(note.text));
  if (shown.origin != log.name)
    return fail(code::witness::origin, "this witness does not watch the log " + shown.origin);
  if (const auto good = verify_note(note, std::span(&log, 1)); !good)
    return fail(code::witness::signature, good.error().text());
  if (request->old_size > shown.size)
    return fail(code::witness::form, "the old size is beyond the size of the checkpoint");
  const Checkpoint before = held ? *held : Checkpoint{log.name, 0, empty_root()};
  if (request->old_size != before.size)
    return fail(code::witness::old, "this witness holds a checkpoint of size " + std::to_string(before.size));
  if (shown.size == before.size && shown.root != before.root)
    return fail(held ? code::witness::fork : code::witness::proof,
                "the log has signed another root of size " + std::to_string(shown.size));
  if (const auto continues = verify_consistency(before.size, before.root, shown.size, shown.root, request->proof);
      !continues)
    return fail(code::witness::proof, "size " + std::to_string(shown.size) + " is not proven to continue size " +
                                          std::to_string(before.size) + ": " + continues.error().what);
  return OpenedCheckpoint{std::move(shown), std::move(note)};
}

unsigned status_of_refusal(Code check) {
  if (check == code::witness::form) return 400;
  if (check == code::witness::origin) return 404;
  if (check == code::witness::signature) return 403;
  if (check == code::witness::old) return 409;
  if (check == code::witness::proof || check == code::witness::fork) return 422;
  bug("a refusal without a status");
}

}  // namespace tuixuan::log
