// The two halves of accepting an entry: workers that check many at once, one sequencer that commits them in groups.
#include <algorithm>
#include <set>

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "server/service/ledger_objects.h"
#include "server/service/service.h"
#include "tally/election/replay.h"

namespace tuixuan::service {

static constexpr std::size_t kBatch = 256;
static constexpr std::size_t kTogether = 64;             // ballots checked together, at most: some milliseconds
static constexpr std::size_t kWorthSharing = 16;         // fewer are not divided between workers
static constexpr std::chrono::milliseconds kGather{3};   // so long what is to be checked, or stored, waits for more
static constexpr std::chrono::milliseconds kRetry{500};  // between attempts to get a failed disk back, at first
static constexpr std::chrono::milliseconds kLongestRetry{4000};

void Service::refuse(Job& job, Error why) {
  {
    const Lock lock(metrics_mutex_);
    ++metrics_.refused;
    ++metrics_.refusals[why.check];
  }
  job.answer(tl::unexpected<Error>(std::move(why)));
}

void Service::submit(Bytes entry, Answer answer) {
  Job job{std::move(entry), {}, std::move(answer), {}, std::chrono::steady_clock::now()};
  if (auto refusal = epochs_.refusal()) return refuse(job, std::move(*refusal));
  std::optional<Error> why;
  {
    const Lock lock(queue_mutex_);
    const std::size_t waiting = unprepared_.size() + prepared_.size() + in_work_;
    if (stopping_) {
      why = Error{code::server::stopping, "the server is being stopped"};
    } else if (!healthy_) {
      why = Error{code::server::storage, "the disk of the server cannot be written; nothing was stored"};
    } else if (waiting >= settings_.queue) {
      why = Error{code::server::busy, std::to_string(waiting) + " entries are waiting; send again in a moment"};
    } else {
      unprepared_.push_back(std::move(job));
    }
  }
  if (!why) {
    unprepared_wakes_.notify_one();
    return;
  }
  if (why->check == code::server::busy) {
    const Lock lock(metrics_mutex_);
    ++metrics_.busy;
  }
  refuse(job, std::move(*why));
}

// What could not be read says nothing about the entry.
static Error unread(const Error& trouble) {
  return {code::server::trouble, "the server could not read its own ledger; send it again: " + trouble.text()};
}

// Whether the ballots that wait are left waiting for more, for kGather at most: while others are being checked or
// stored, since they could not be stored earlier for it; and after a commit of several, whose senders are about to send
// again. A ballot that comes alone is checked at once.
bool Service::gathers() const {
  if (unprepared_.size() >= kTogether || !election::is_ballot(unprepared_.front().entry)) return false;
  const auto came = unprepared_.front().came;
  if (std::chrono::steady_clock::now() >= came + kGather) return false;
  return in_work_ != 0 || committing_ || (unprepared_.size() < last_commit_ && came < committed_at_ + kGather);
}

// A worker's share of what waits: one entry, or as many ballots as stand together, which are checked together.
std::vector<Service::Job> Service::take_share() {
  const std::size_t divided = (unprepared_.size() + settings_.workers - 1) / settings_.workers;
  const std::size_t share = std::clamp(divided, kWorthSharing, kTogether);
  std::vector<Job> jobs;
  while (!unprepared_.empty() && jobs.size() < share) {
    const bool ballot = election::is_ballot(unprepared_.front().entry);
    if (!jobs.empty() && !ballot) break;
    jobs.push_back(std::move(unprepared_.front()));
    unprepared_.pop_front();
    if (!ballot) break;
  }
  in_work_ += jobs.size();
  return jobs;
}

void Service::prepare_together(std::span<Job* const> fresh) {
  if (fresh.size() < 2) return;
  std::vector<ByteView> entries;
  for (const Job* job : fresh) entries.emplace_back(job->entry);
  const SharedLock lock(fold_mutex_);
  auto prepared = fold_->prepare_run(entries, LedgerObjects(*ledger_), 1);
  for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i]->prepared = std::move(prepared[i]);
}

// What was not shown good together is checked by itself: whether it is refused, and by which check.
std::optional<Error> Service::prepare_alone(Job& job) {
  std::optional<Error> why;
  {
    const SharedLock lock(fold_mutex_);
    const LedgerObjects objects(*ledger_);
    auto prepared = fold_->prepare(job.entry, objects);
    if (prepared) {
      job.prepared = std::move(*prepared);
    } else if (const auto trouble = objects.trouble()) {
      noticed(*trouble);
      why = unread(*trouble);
    } else {
      why = std::move(prepared.error());
    }
  }
  // An entry that was refused may just have come in by another way; then it is answered like any that is known.
  if (why && ledger_->find(job.leaf)) return {};
  return why;
}

void Service::work() {
  for (;;) {
    std::vector<Job> jobs;
    {
      const Lock lock(queue_mutex_);
      while (!stopping_ && (unprepared_.empty() || gathers())) {
        if (unprepared_.empty()) {
          unprepared_wakes_.wait(queue_mutex_);
        } else {
          unprepared_wakes_.wait_until(queue_mutex_, unprepared_.front().came + kGather);
        }
      }
      if (unprepared_.empty()) return;
      jobs = take_share();
    }
    std::vector<Job*> fresh;
    for (Job& job : jobs) {
      job.leaf = log::leaf_hash(job.entry);
      if (!ledger_->find(job.leaf))
        fresh.push_back(&job);  // one that is known needs no check; the sequencer answers it
    }
    prepare_together(fresh);
    std::set<const Job*> refused;
    for (Job* job : fresh) {
      if (job->prepared) continue;
      if (auto why = prepare_alone(*job)) {
        refuse(*job, std::move(*why));
        refused.insert(job);
      }
    }
    bool wake = false;  // the sequencer: for the first of a batch, and when it is whole
    {
      const Lock lock(queue_mutex_);
      in_work_ -= jobs.size();
      const bool none = prepared_.empty();
      for (Job& job : jobs)
        if (!refused.contains(&job)) prepared_.push_back(std::move(job));
      wake = (none && !prepared_.empty()) || prepared_.size() >= kBatch || is_idle();
    }
    if (wake) prepared_wakes_.notify_one();
    unprepared_wakes_.notify_one();
  }
}

void Service::sequence() {
  for (;;) {
    std::vector<Job> batch;
    {
      const Lock lock(queue_mutex_);
      while (prepared_.empty() && healthy_ && !(stopping_ && is_idle())) prepared_wakes_.wait(queue_mutex_);
      // One sync of the disk and one signature for all that come at the same time.
      const auto end = std::chrono::steady_clock::now() + kGather;
      while (!prepared_.empty() && prepared_.size() < kBatch && healthy_ && !is_idle() &&
             prepared_wakes_.wait_until(queue_mutex_, end)) {
      }
      while (!prepared_.empty() && batch.size() < kBatch) {
        batch.push_back(std::move(prepared_.front()));
        prepared_.pop_front();
      }
      if (batch.empty() && stopping_ && is_idle()) return;
      committing_ = !batch.empty();
    }
    if (!batch.empty()) {
      const std::size_t size = batch.size();
      commit(std::move(batch));
      {
        const Lock lock(queue_mutex_);
        committing_ = false;
        last_commit_ = size;
        committed_at_ = std::chrono::steady_clock::now();
      }
      unprepared_wakes_.notify_one();
    }
    if (!healthy_) recover();
  }
}

Result<void> Service::apply(const Job& job) {
  if (!job.prepared) return fail(code::server::storage, "the entry was seen and is gone; send it again");
  auto applied = fold_->apply(*job.prepared);
  if (applied || applied.error().check != code::E09::stale) return applied;
  const LedgerObjects objects(*ledger_);
  applied = fold_->accept(job.entry, objects);
  if (const auto trouble = objects.trouble(); !applied && trouble) {
    noticed(*trouble);
    return tl::unexpected<Error>(unread(*trouble));
  }
  return applied;
}

void Service::fail_all(std::vector<Job>& batch, const Error& why) {
  for (Job& job : batch) refuse(job, why);
}

void Service::commit(std::vector<Job> batch) {
  std::vector<Job> fresh;
  std::vector<Job> repeated;
  std::vector<std::pair<Job, Error>> refused;
  {
    const Lock lock(fold_mutex_);
    std::set<Sha256> seen;
    for (Job& job : batch) {
      if (ledger_->find(job.leaf) || seen.contains(job.leaf)) {
        repeated.push_back(std::move(job));
      } else if (auto applied = apply(job); applied) {
        seen.insert(job.leaf);
        fresh.push_back(std::move(job));
      } else {
        refused.emplace_back(std::move(job), std::move(applied.error()));
      }
    }
  }
  for (auto& [job, why] : refused) refuse(job, std::move(why));
  const Result<void> stored = fresh.empty() ? Result<void>() : store(fresh);
  for (Job& job : repeated) {
    if (!stored && !ledger_->find(job.leaf)) {  // the same as one that could not be stored just now
      refuse(job, stored.error());
      continue;
    }
    auto known = receipt(job.leaf);
    if (!known) {
      noticed(known.error());
      refuse(job, unread(known.error()));
      continue;
    }
    {
      const Lock lock(metrics_mutex_);
      ++metrics_.repeated;
    }
    job.answer(std::move(known));
  }
}

// Only the sequencer changes the fold, so it may read the tree without a lock.
const log::Tree& Service::own_tree() const { return fold_->state().tree; }

Result<void> Service::store(std::vector<Job>& fresh) {
  std::vector<Bytes> entries;
  for (Job& job : fresh) entries.push_back(std::move(job.entry));
  // Signed, and on the standby's disk if there is one, before it is on this one: what this server shows, both hold.
  const auto sign = [&](const log::Checkpoint& c) -> Result<std::string> {
    if (auto why = epochs_.refusal()) return tl::unexpected<Error>(std::move(*why));
    std::string note = log::sign_checkpoint(c, log_key_);
    if (settings_.replica != nullptr) TUIXUAN_CHECK(settings_.replica->store(c.size - entries.size(), entries, note));
    return note;
  };
  const auto appended = ledger_->append(entries, sign);
  if (!appended) {
    const bool held = is_held(appended.error());
    if (held) epochs_.hold(appended.error());
    held ? stopped_by(appended.error()) : storage_failed(appended.error());
    const Error why =
        appended.error().check == code::ledger::uncertain
            ? Error{code::server::uncertain,
                    "it is not known whether this was stored, send the same again: " + appended.error().text()}
        : held ? appended.error()
               : Error{code::server::storage, "nothing was stored, send again later: " + appended.error().text()};
    fail_all(fresh, why);
    return tl::unexpected<Error>(why);
  }
  storage_works();
  {
    const Lock lock(metrics_mutex_);
    ++metrics_.batches;
    metrics_.accepted += fresh.size();
  }
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    auto proof = own_tree().inclusion_proof(appended->first + i, appended->size);
    if (!proof) bug("an entry that was appended has no proof");
    fresh[i].answer(log::format_receipt({{}, appended->first + i, std::move(*proof), appended->checkpoint}));
  }
  return {};
}

// The fold is taken back to the disk even while the standby is away, so that nobody is shown what was not taken.
Result<void> Service::back() {
  TUIXUAN_CHECK(ledger_->recover());
  TUIXUAN_CHECK(replay());
  if (settings_.replica == nullptr) return {};
  TUIXUAN_CHECK(settings_.replica->level(*ledger_));
  return replay();  // the standby may have had what was not here
}

// The fold may be ahead of the disk now. Everything waiting is told so; then the ledger is closed, opened, checked and
// replayed, until a write can work again.
void Service::recover() {
  const auto began = Clock::now();
  std::chrono::milliseconds rest = kRetry;
  Error said;
  bool ended = false;
  for (;;) {
    std::vector<Job> waiting;
    bool stopping = false;
    {
      // What workers still hold was checked against a state that may be taken back.
      const Lock lock(queue_mutex_);
      const auto take = [&](std::deque<Job>& queue) {
        for (Job& job : queue) waiting.push_back(std::move(job));
        queue.clear();
      };
      take(unprepared_);
      while (in_work_ != 0) prepared_wakes_.wait(queue_mutex_);
      take(unprepared_);
      take(prepared_);
      stopping = stopping_;
    }
    fail_all(waiting, epochs_.refusal().value_or(
                          Error{code::server::storage,
                                "the disk of the server cannot be written; nothing was stored, send again later"}));
    if (stopping) {
      healthy_ = true;  // nothing more is taken; the threads can end
      return;
    }
    const auto again = back();
    if (again) {
      storage_recovered();
      epochs_.release(code::server::standby);
      const Lock lock(metrics_mutex_);
      ++metrics_.recoveries;
      return;
    }
    const Error& why = again.error();
    const bool held = is_held(why);
    if (why.check != said.check) {
      if (held) {
        epochs_.hold(why);
        stopped_by(why);
      } else {
        say("磁盘仍不能用，继续尝试 / the disk does not work yet, trying on: " + why.text());
        storage_failed(why);
      }
      said = why;
    }
    if (!ended && !held && settings_.ended && Clock::now() - began >= settings_.give_up) {
      ended = true;
      say("磁盘长时间不能恢复，服务器现在退出，由系统重新启动 / the disk has not come back for " +
          std::to_string(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began).count()) +
          " seconds: the server ends itself to be started anew");
      settings_.ended();
    }
    {
      const auto next = Clock::now() + rest;
      const Lock lock(queue_mutex_);
      while (!stopping_ && prepared_wakes_.wait_until(queue_mutex_, next)) {
      }
    }
    rest = std::min<std::chrono::milliseconds>(rest * 2, kLongestRetry);
  }
}

}  // namespace tuixuan::service
