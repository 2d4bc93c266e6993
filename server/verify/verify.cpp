#include "server/verify/verify.h"

#include <algorithm>

#include "crypto/base/mutex.h"
#include "crypto/codes/entries.h"
#include "crypto/log/proof.h"
#include "crypto/protocol/ballot.h"
#include "server/verify/record.h"
#include "tally/election/checks.h"
#include "tally/election/opened.h"
#include "tally/election/replay.h"

namespace tuixuan::verify {

namespace {

using election::Kind;

class RecordObjects final : public election::Objects {
 public:
  RecordObjects(Source& source, std::vector<Sha256>& used) : source_(source), used_(used) {}
  Result<Bytes> find(const Sha256& hash) const override {
    const Lock lock(mutex_);
    auto bytes = source_.read("object/" + hash.hex(), election::kMaxObjectSize);
    if (!bytes) return fail(code::E04::object, bytes.error().what);
    if (std::find(used_.begin(), used_.end(), hash) == used_.end()) used_.push_back(hash);
    return bytes;
  }

 private:
  mutable Mutex mutex_;
  Source& source_ TUIXUAN_GUARDED_BY(mutex_);
  std::vector<Sha256>& used_ TUIXUAN_GUARDED_BY(mutex_);
};

class Verifier {
 public:
  Verifier(Source& source, const Known& known, unsigned threads, const ShowProgress& progress)
      : source_(source), known_(known), threads_(threads), progress_(progress), objects_(source, out_.objects) {
    out_.source = source.describe();
    election::Anchor anchor{known.organiser, {}};
    if (known.log) anchor.log_key = known.log->key;
    out_.fold = std::make_unique<election::Fold>(std::move(anchor), threads,
                                                 known.exact ? batch::Checking::exact : batch::Checking::merged);
    for (const election::CheckGroup& g : election::check_groups()) out_.groups.push_back({&g});
  }

  Verification run() && {
    read_all();
    unstruck();
    bool ok = out_.failures.empty();
    for (Group& g : out_.groups)
      if (ok && g.held == Held::unfinished) g.held = Held::held;
    if (out_.checkpoint && out_.log) outside();
    for (const Answer& a : out_.answers) ok = ok && a.ok;
    out_.ok = ok;
    return std::move(out_);
  }

 private:
  void failed(Error why, std::optional<std::uint64_t> entry = {}) {
    const election::CheckGroup* of = &election::group_of(why.check);
    for (Group& g : out_.groups)
      if (g.of == of) g.held = Held::failed;
    out_.failures.push_back({std::move(why), entry});
  }
  template <class T>
  bool check(const Result<T>& result) {
    if (!result) failed(result.error());
    return result.has_value();
  }

  void read_all() {
    const auto stated = stated_checkpoint();
    if (!check(stated)) return;
    if (!replay(stated->size)) return;
    if (!check(signed_checkpoint())) return;
    if (out_.fold->state().tree.root() != out_.checkpoint->root)
      return failed(
          {code::log::root, "the " + std::to_string(stated->size) + " entries do not have the root of the checkpoint"});
    witnesses();
    tiles();
    complete();
  }

  // Entries that break a rule and that no close has struck: an honest server had not taken them.
  void unstruck() {
    std::vector<Finding> found;
    for (const auto& [id, stage] : out_.fold->state().stages)
      if (stage.phase == election::Phase::open)
        for (const auto& [index, why] : stage.struck)
          found.push_back({{why.check, "entry " + std::to_string(index) + ": " + why.what}, index});
    std::vector<Finding> later = std::move(out_.failures);
    out_.failures.clear();
    for (Finding& f : found) failed(std::move(f.what), f.entry);
    for (Finding& f : later) out_.failures.push_back(std::move(f));
  }

  // As it says of itself; whether it is signed can be told once the scheme has named the key.
  Result<log::Checkpoint> stated_checkpoint() {
    TUIXUAN_TRY(bytes, source_.read("checkpoint", log::kMaxNoteSize));
    out_.note = std::string(as_text(bytes));
    TUIXUAN_TRY(note, log::parse_note(out_.note));
    TUIXUAN_TRY(checkpoint, log::parse_checkpoint(note.text));
    if (checkpoint.size == 0) return fail(code::record::incomplete, "the log is empty");
    return std::move(checkpoint);
  }

  Result<void> signed_checkpoint() {
    const tally::Scheme& scheme = *out_.fold->state().plan;
    if (known_.log && known_.log->name != scheme.log.origin)
      return fail(code::V01::key,
                  "the scheme names the log \"" + scheme.log.origin + "\", not \"" + known_.log->name + "\"");
    out_.log = log::NoteKey{scheme.log.origin, log::KeyType::kEd25519, primitives::VerifyKey{scheme.log.key}};
    TUIXUAN_TRY(opened, log::open_checkpoint(out_.note, *out_.log));
    out_.checkpoint = opened.checkpoint;
    return {};
  }

  void witnesses() {
    const auto known = election::witnesses_of(*out_.fold->state().plan);
    out_.witnesses = {known.size(), election::witnesses_needed(known.size()), {}};
    const auto note = log::parse_note(out_.note);
    if (!check(note)) return;
    auto cosigned = log::cosignatures(*note, known);
    if (check(cosigned)) out_.witnesses.cosigned = std::move(*cosigned);
  }

  void show(std::uint64_t done, std::uint64_t size, ByteView next) {
    if (!progress_) return;
    const election::KindInfo* kind = next.size() < 2 ? nullptr : election::find_kind(next[1]);
    progress_({done, size, kind == nullptr ? "" : kind->zh, kind == nullptr ? "" : kind->en});
  }

  void decided(std::uint64_t index, ByteView entry) {
    if (auto words = election::decision_in_words(entry, out_.fold->state(), objects_))
      out_.decisions.push_back({index, static_cast<election::Kind>(entry[1]), std::move(*words)});
  }

  // Some bundles at once, so that their ballots are checked together. One that cannot be read ends them; it is a fault
  // once all before it has been replayed.
  Result<std::vector<Bytes>> read_ahead(std::uint64_t first, std::uint64_t size) const {
    constexpr std::uint64_t kBundles = 4;
    std::vector<Bytes> out;
    const std::uint64_t end = std::min(size, first + kBundles * log::kTileWidth);
    for (std::uint64_t at = first; at < end;) {
      const auto width = static_cast<unsigned>(std::min<std::uint64_t>(log::kTileWidth, size - at));
      auto entries = read_bundle(source_, {at / log::kTileWidth, width});
      if (!entries && out.empty()) return entries;
      if (!entries) break;
      at += entries->size();
      std::move(entries->begin(), entries->end(), std::back_inserter(out));
    }
    return out;
  }

  bool replay(std::uint64_t size) {
    election::Fold& fold = *out_.fold;
    while (fold.size() < size) {
      const std::uint64_t first = fold.size();
      auto entries = read_ahead(first, size);
      if (!check(entries)) return false;
      show(first, size, entries->front());
      const auto progress = [&](std::uint64_t done) {
        show(done, size, done - first < entries->size() ? ByteView((*entries)[done - first]) : ByteView());
        return true;
      };
      auto replayed = election::replay_all(fold, *entries, objects_, threads_, election::Reading::striking, progress);
      if (!replayed) {
        failed(std::move(replayed.error()), fold.size());
        return false;
      }
      for (std::size_t i = 0; i < entries->size(); ++i) decided(first + i, (*entries)[i]);
    }
    return true;
  }

  void tiles() {
    const log::Tree& tree = out_.fold->state().tree;
    for (const log::TileId& id : log::tiles_of(tree.size())) {
      const std::string path = log::path_of(id);
      const auto there = source_.read(path, log::kTileWidth * 32);
      if (!check(there)) continue;
      const auto right = log::tile_bytes(tree, id);
      if (!right || !equal(*right, *there)) failed({code::log::tile, path + " is not what the entries give"});
    }
  }

  void complete() {
    if (known_.partial) return;
    for (const tally::Stage& stage : out_.fold->state().plan->stages)
      if (const auto phase = out_.fold->state().stage(stage.id)->phase;
          phase != election::Phase::counted && phase != election::Phase::voided)
        failed({code::record::incomplete, "stage " + stage.id.name + " has no result yet"});
  }

  // --- what the caller brought ---------------------------------------------------------------------------------------

  void answer(const std::string& name, const Result<void>& result, const std::string& zh, const std::string& en) {
    if (result) {
      out_.answers.push_back({name, true, zh, en});
    } else {
      out_.answers.push_back(
          {name, false, "不成立：" + result.error().text(), "does not hold: " + result.error().text()});
    }
  }

  Result<void> continues(const log::Checkpoint& earlier) const {
    const log::Tree& tree = out_.fold->state().tree;
    if (earlier.size > tree.size())
      return fail(code::log::short_, "it covers " + std::to_string(earlier.size) + " entries, the record has " +
                                         std::to_string(tree.size()));
    if (tree.root_at(earlier.size) != earlier.root)
      return fail(code::log::fork, "it is signed for other entries: the server has shown two different logs");
    return {};
  }

  Result<void> holds_checkpoint(const std::string& note) const {
    TUIXUAN_TRY(opened, log::open_checkpoint(note, *out_.log));
    return continues(opened.checkpoint);
  }

  Result<void> holds_receipt(const std::string& text) const {
    TUIXUAN_TRY(receipt, log::parse_receipt(text));
    TUIXUAN_TRY(opened, log::open_checkpoint(receipt.checkpoint, *out_.log));
    TUIXUAN_CHECK(continues(opened.checkpoint));
    const log::Tree& tree = out_.fold->state().tree;
    if (receipt.index >= opened.checkpoint.size) return fail(code::log::receipt, "its index is beyond its checkpoint");
    const auto proven = log::verify_receipt(receipt, tree.leaf(receipt.index), *out_.log);
    if (!proven)
      return fail(code::log::receipt,
                  "it is not of entry " + std::to_string(receipt.index) + ": " + proven.error().what);
    return {};
  }

  void holds_tracker(const Named& tracker) {
    std::string wanted;
    for (const char c : tracker.text)
      if (c != ' ' && c != '-' && c != '\n' && c != '\r') wanted += c;
    for (const auto& [id, stage] : out_.fold->state().stages)
      for (const auto& [hash, index] : stage.ballots) {
        std::string printed;
        for (const char c : protocol::tracker(hash))
          if (c != ' ' && c != '-') printed += c;
        if (wanted != hash.hex() && wanted != printed) continue;
        const Bytes entry = entry_at(index);
        const auto fate = entry.size() < 2 ? nullptr : election::find_kind(entry[1]);
        const auto& info = fate == nullptr ? election::info(Kind::cast) : *fate;
        out_.answers.push_back(
            {tracker.name, true,
             "在日志第 " + std::to_string(index) + " 条：" + std::string(info.zh) + opened(entry, "zh"),
             "on the log as entry " + std::to_string(index) + ": " + std::string(info.en) + opened(entry, "en")});
        return;
      }
    answer(tracker.name, fail(code::tracker::unknown, "no ballot of this record has it"), "", "");
  }

  Bytes entry_at(std::uint64_t index) const {
    auto entries = read_bundle(source_, {index / log::kTileWidth, width_at(index)});
    return entries ? std::move((*entries)[index % log::kTileWidth]) : Bytes();
  }
  // Of a ballot that was opened to check its kiosk: the machine and the choice, to be compared with what was marked.
  std::string opened(ByteView entry, std::string_view language) const {
    const auto& contests = out_.fold->state().plan->contests;
    const auto ballot = election::opened_ballot(entry, contests);
    if (!ballot) return {};
    std::string out = (language == "en" ? "; kiosk " : "；投票机 ") + ballot->kiosk.name +
                      (language == "en" ? " sealed:" : " 封入的是：");
    for (const std::string& line : election::opened_words(*ballot, contests, language)) out += "\n      " + line;
    return out;
  }
  unsigned width_at(std::uint64_t index) const {
    const std::uint64_t first = index / log::kTileWidth * log::kTileWidth;
    return static_cast<unsigned>(std::min<std::uint64_t>(log::kTileWidth, out_.fold->size() - first));
  }

  void outside() {
    for (const Named& c : known_.checkpoints)
      answer(c.name, holds_checkpoint(c.text), "这一检查点与记录一致", "this checkpoint agrees with the record");
    for (const Named& r : known_.receipts)
      answer(r.name, holds_receipt(r.text), "回执所指的一条在记录中", "the entry of this receipt is in the record");
    for (const Named& t : known_.trackers) holds_tracker(t);
  }

  Source& source_;
  const Known& known_;
  const unsigned threads_;
  const ShowProgress& progress_;
  Verification out_;
  RecordObjects objects_;
};

}  // namespace

Verification verify_record(Source& source, const Known& known, unsigned threads, const ShowProgress& progress) {
  return Verifier(source, known, threads, progress).run();
}

}  // namespace tuixuan::verify
