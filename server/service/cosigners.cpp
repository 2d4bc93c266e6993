#include "server/service/cosigners.h"

#include <algorithm>

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "server/service/service.h"
#include "tally/election/witnesses.h"

namespace tuixuan::service {

static constexpr std::chrono::milliseconds kTick{250};
static constexpr std::chrono::milliseconds kGather{200};  // between two commits
static constexpr std::size_t kWaiting = 1024;
static constexpr std::size_t kSizes = 256;  // whose lines are held in memory
static constexpr std::size_t kLinesOfNote = log::kMaxNoteSignatures - 1;

Cosigners::Cosigners(Service& service, std::filesystem::path evidence, CosignTimes times, Tell tell)
    : service_(service), folder_(std::move(evidence)), times_(times), tell_(std::move(tell)) {
  load();
  load_evidence();
  look();
  thread_ = std::thread([this] { run(); });
}

Cosigners::~Cosigners() { stop(); }

void Cosigners::stop() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Cosigners::say(const std::string& line) const {
  if (tell_) tell_(line);
}

// What is stored was verified when it came; it is verified again, for the file may have been written by others.
void Cosigners::load() {
  const auto stored = service_.ledger().newest_cosignatures(kSizes);
  if (!stored) return;
  for (const ledger::StoredCosignature& c : *stored) {
    const auto key = log::parse_vkey(c.witness);
    const auto lines = log::parse_signature_lines(c.line);
    const auto note = service_.ledger().checkpoint_of(c.size);
    if (!key || !lines || lines->size() != 1 || !note || !*note) continue;
    const auto parsed = log::parse_note(**note);
    const auto seconds = parsed ? log::verify_cosignature(parsed->text, lines->front(), *key) : 0;
    const Lock lock(mutex_);
    if (seconds) lines_[c.size][c.witness] = {c.line, *seconds};
  }
}

// --- what comes ------------------------------------------------------------------------------------------------------

Result<Cosigners::Checked> Cosigners::check_lines(const log::OpenedCheckpoint& opened) const {
  Checked out{opened.checkpoint.size, {}};
  const Lock lock(mutex_);
  for (const log::NoteSignature& line : opened.note.signatures)
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (!line.is_by(known_[i])) continue;
      const auto seconds = log::verify_cosignature(opened.note.text, line, known_[i]);
      if (!seconds) return fail(code::witness::cosignature, seconds.error().what);
      out.lines[known_vkeys_[i]] = {log::format_signature_line(line), *seconds};
    }
  if (out.lines.empty()) return fail(code::witness::unknown, "no line of it is of a witness of this congress");
  return out;
}

Result<Cosigners::Checked> Cosigners::check(const std::string& bytes) {
  if (const auto note = log::parse_note(bytes); !note) return fail(code::witness::form, note.error().text());
  const auto opened = log::open_checkpoint(bytes, service_.key());
  if (!opened) return fail(code::witness::signature, opened.error().text());
  const log::Checkpoint& shown = opened->checkpoint;
  const ledger::Ledger& ledger = service_.ledger();
  if (shown.size > ledger.size()) {
    const Error why{code::log::rollback, "this log's key has signed " + std::to_string(shown.size) +
                                             " entries, and the ledger has " + std::to_string(ledger.size())};
    // Only this key can have signed it, so this ledger was set back: nothing more is signed on it. Where supervisors
    // named who could not be asked, it was to be expected that somebody comes who had seen more.
    const auto epoch = service_.epochs().own();
    if (!epoch || epoch->without.empty()) service_.epochs().hold(why);
    return raise(*opened, bytes, why);
  }
  if (shown.root != ledger.root_at(shown.size))
    return raise(
        *opened, bytes,
        {code::log::fork, "this log's key has signed another log of " + std::to_string(shown.size) + " entries"});
  TUIXUAN_TRY(stored, ledger.checkpoint_of(shown.size));
  if (!stored)
    return fail(code::witness::size, "no checkpoint of " + std::to_string(shown.size) + " entries was signed");
  return check_lines(*opened);
}

void Cosigners::submit(std::string note, Answer answer) {
  {
    const Lock lock(mutex_);
    if (!stopping_ && pending_.size() < kWaiting) {
      pending_.push_back({std::move(note), std::move(answer)});
      wakes_.notify_all();
      return;
    }
  }
  answer(fail(code::server::busy, "many cosignatures are waiting; send it again in a moment"));
}

void Cosigners::refused(const std::string& witness, const std::optional<Error>& why) {
  {
    const Lock lock(mutex_);
    if (!why) {
      witnessed_.refusals.erase(witness);
      return;
    }
    std::string& now = witnessed_.refusals[witness];
    if (now == why->text()) return;
    now = why->text();
  }
  say("见证人 " + witness + " 拒绝见证 / witness " + witness + " refuses: " + why->text());
}

// --- rounds ----------------------------------------------------------------------------------------------------------

void Cosigners::run() {
  for (bool last = false; !last;) {
    {
      const Lock lock(mutex_);
      last = stopping_;
    }
    const bool flushed = flush();
    look();
    const auto end = Clock::now() + (flushed ? kGather : kTick);
    const Lock lock(mutex_);
    while (!last && !stopping_ && (flushed || pending_.empty()) && wakes_.wait_until(mutex_, end)) {
    }
  }
}

// Everything that waits, in one commit.
bool Cosigners::flush() {
  std::vector<Pending> batch;
  {
    const Lock lock(mutex_);
    batch.swap(pending_);
  }
  std::vector<std::pair<Checked, Answer>> good;
  std::vector<ledger::StoredCosignature> rows;
  for (Pending& p : batch) {
    auto checked = check(p.note);
    if (!checked) {
      p.answer(tl::unexpected<Error>(std::move(checked.error())));
      continue;
    }
    for (const auto& [vkey, line] : checked->lines) rows.push_back({checked->size, vkey, line.text});
    good.emplace_back(std::move(*checked), std::move(p.answer));
  }
  if (good.empty()) return !batch.empty();
  const auto stored = service_.put_cosignatures(rows);
  if (stored) {
    const Lock lock(mutex_);
    for (const auto& [checked, answer] : good) keep(checked.size, checked.lines);
    ++changes_;
    count();
  }
  for (const auto& [checked, answer] : good)
    answer(stored ? Result<std::uint64_t>(checked.size) : tl::unexpected<Error>(stored.error()));
  return true;
}

void Cosigners::keep(std::uint64_t size, const std::map<std::string, Line>& lines) {
  for (const auto& [vkey, line] : lines) lines_[size].try_emplace(vkey, line);
  while (lines_.size() > kSizes) lines_.erase(lines_.begin());
}

// The round goes on when everybody has cosigned or its time is over; who the witnesses are follows from the entries.
void Cosigners::look() {
  const std::uint64_t size = service_.ledger().size();
  std::uint64_t known_at = 0;
  std::uint64_t round_size = 0;
  {
    const Lock lock(mutex_);
    known_at = known_at_;
    round_size = round_size_;
  }
  std::optional<std::vector<log::NoteKey>> known;
  if (size != known_at)
    service_.read_state([&](const election::State& state) {
      if (state.plan) known = election::witnesses_of(*state.plan);
    });
  auto newest = size > round_size ? service_.ledger().latest_checkpoint() : std::nullopt;
  const auto now = Clock::now();
  std::string news;
  {
    const Lock lock(mutex_);
    known_at_ = size;
    if (known && *known != known_) {
      known_ = std::move(*known);
      known_vkeys_.clear();
      for (const log::NoteKey& key : known_) known_vkeys_.push_back(log::format_vkey(key));
      count();
    }
    const auto cosigned = lines_.find(round_size_);
    const bool all = cosigned != lines_.end() && cosigned->second.size() >= known_.size();
    if (newest && (round_size_ == 0 || all || now - round_began_ >= times_.round)) {
      const auto opened = log::open_checkpoint(*newest, service_.key());
      if (!opened) bug("the ledger's own checkpoint does not open");
      round_size_ = opened->checkpoint.size;
      round_ = std::move(*newest);
      round_began_ = now;
      count();
    }
    if (size == 0 || witnessed_.size >= size) {
      waiting_since_.reset();
    } else if (!waiting_since_) {
      waiting_since_ = now;
    }
    const bool late = !known_.empty() && waiting_since_ && now - *waiting_since_ > times_.late;
    if (late != witnessed_.late)
      news = late ? "见证不足：最新的日志条目尚未得到足够见证，投票照常 / not enough witnesses for the newest entries; "
                    "voting goes on"
                  : "见证恢复 / witnessed again";
    if (late != witnessed_.late) ++changes_;
    witnessed_.late = late;
  }
  if (!news.empty()) say(news);
}

// The newest size that k of those known have cosigned.
void Cosigners::count() {
  witnessed_.witnesses = known_.size();
  witnessed_.needed = election::witnesses_needed(known_.size());
  for (auto at = lines_.rbegin(); at != lines_.rend() && at->first > witnessed_.size; ++at) {
    std::vector<std::uint64_t> times;
    for (const std::string& vkey : known_vkeys_)
      if (const auto line = at->second.find(vkey); line != at->second.end()) times.push_back(line->second.seconds);
    if (times.size() < witnessed_.needed) continue;
    std::sort(times.begin(), times.end());
    witnessed_.size = at->first;
    witnessed_.seconds = times[witnessed_.needed - 1];
    // Entries after a round's checkpoint are not older than the round.
    if (at->first == round_size_) waiting_since_ = round_began_;
    return;
  }
}

// --- what is known ---------------------------------------------------------------------------------------------------

std::optional<std::string> Cosigners::round() const {
  const Lock lock(mutex_);
  return round_.empty() ? std::nullopt : std::optional(round_);
}

std::string Cosigners::with_lines(const std::string& note, std::uint64_t size) const {
  std::string out = note;
  const Lock lock(mutex_);
  const auto lines = lines_.find(size);
  if (lines == lines_.end()) return out;
  std::size_t n = 0;
  for (const std::string& vkey : known_vkeys_) {
    const auto line = lines->second.find(vkey);
    if (line == lines->second.end() || n++ >= kLinesOfNote) continue;
    out += line->second.text;
  }
  return out;
}

std::optional<std::string> Cosigners::checkpoint() const {
  const auto note = service_.ledger().latest_checkpoint();
  if (!note) return std::nullopt;
  const auto opened = log::open_checkpoint(*note, service_.key());
  return opened ? with_lines(*note, opened->checkpoint.size) : *note;
}

Witnessed Cosigners::witnessed() const {
  Witnessed out;
  {
    const Lock lock(mutex_);
    out = witnessed_;
    for (const auto& [name, shown] : alarms_) out.alarms.push_back(name);
  }
  if (out.size == 0) return out;
  if (const auto note = service_.ledger().checkpoint_of(out.size); note && *note)
    out.note = with_lines(**note, out.size);
  return out;
}

}  // namespace tuixuan::service
