// The two halves of accepting an entry: workers that check many at once, one sequencer that commits them in groups.
#include <set>

#include "server/service/ledger_objects.h"
#include "server/service/service.h"

namespace tuixuan::service {

static constexpr std::size_t kBatch = 256;
static constexpr std::chrono::milliseconds kGather{3};   // a batch waits so long for entries that are being checked
static constexpr std::chrono::milliseconds kRetry{500};  // between attempts to get a failed disk back

void Service::refuse(Job& job, Error why) {
  {
    const Lock lock(metrics_mutex_);
    ++metrics_.refused;
    ++metrics_.refusals[why.check];
  }
  job.answer(tl::unexpected<Error>(std::move(why)));
}

void Service::submit(Bytes entry, Answer answer) {
  Job job{std::move(entry), {}, std::move(answer), {}};
  Error why;
  if (auto refusal = epochs_.refusal()) return refuse(job, std::move(*refusal));
  {
    const Lock lock(queue_mutex_);
    const std::size_t waiting = unprepared_.size() + prepared_.size() + in_work_;
    if (stopping_) {
      why = {"server.stopping", "the server is being stopped"};
    } else if (!healthy_) {
      why = {"server.storage", "the disk of the server cannot be written; nothing was stored"};
    } else if (waiting >= settings_.queue) {
      why = {"server.busy", std::to_string(waiting) + " entries are waiting; send again in a moment"};
    } else {
      unprepared_.push_back(std::move(job));
    }
  }
  if (why.check.empty()) {
    unprepared_wakes_.notify_one();
    return;
  }
  if (why.check == "server.busy") {
    const Lock lock(metrics_mutex_);
    ++metrics_.busy;
  }
  refuse(job, std::move(why));
}

void Service::work() {
  for (;;) {
    Job job;
    {
      const Lock lock(queue_mutex_);
      while (!stopping_ && unprepared_.empty()) unprepared_wakes_.wait(queue_mutex_);
      if (unprepared_.empty()) return;
      job = std::move(unprepared_.front());
      unprepared_.pop_front();
      ++in_work_;
    }
    job.leaf = log::leaf_hash(job.entry);
    std::optional<Error> why;
    if (!ledger_->find(job.leaf)) {  // an entry that is known needs no check; the sequencer answers it
      const SharedLock lock(fold_mutex_);
      auto prepared = fold_->prepare(job.entry, LedgerObjects(*ledger_));
      if (prepared) {
        job.prepared = std::move(*prepared);
      } else {
        why = std::move(prepared.error());
      }
    }
    // An entry that was refused may just have come in by another way; then it is answered like any that is known.
    const bool refused = why && !ledger_->find(job.leaf);
    if (refused) refuse(job, std::move(*why));
    bool wake = false;  // the sequencer: for the first of a batch, and when it is whole
    {
      const Lock lock(queue_mutex_);
      --in_work_;
      if (!refused) prepared_.push_back(std::move(job));
      wake = prepared_.size() == 1 || prepared_.size() >= kBatch || is_idle();
    }
    if (wake) prepared_wakes_.notify_one();
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
    }
    if (!batch.empty()) commit(std::move(batch));
    if (!healthy_) recover();
  }
}

Result<void> Service::apply(const Job& job) {
  if (!job.prepared) return fail("server.storage", "the entry was seen and is gone; send it again");
  auto applied = fold_->apply(*job.prepared);
  if (applied || applied.error().check != "E09.stale") return applied;
  return fold_->accept(job.entry, LedgerObjects(*ledger_));
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
  if (!fresh.empty()) store(fresh);
  for (Job& job : repeated) {
    auto known = receipt(job.leaf);  // not there if storing has just failed
    if (known) {
      const Lock lock(metrics_mutex_);
      ++metrics_.repeated;
    }
    known ? job.answer(std::move(known)) : refuse(job, {"server.storage", "nothing was stored, send again later"});
  }
}

// Only the sequencer changes the fold, so it may read the tree without a lock.
const log::Tree& Service::own_tree() const { return fold_->state().tree; }

void Service::store(std::vector<Job>& fresh) {
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
    healthy_ = false;
    if (appended.error().check == "server.standby") epochs_.hold(appended.error());
    return fail_all(fresh, {"server.storage", "nothing was stored, send again later: " + appended.error().text()});
  }
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
}

// The fold is taken back to the disk even while the standby is away, so that nobody is shown what was not taken.
bool Service::back() {
  if (!ledger_->recover()) return false;
  const bool level = settings_.replica == nullptr || settings_.replica->level(*ledger_);
  return replay() && level;
}

// The fold may be ahead of the disk now. Everything waiting is told so; then the ledger is closed, opened, checked and
// replayed, until a write can work again.
void Service::recover() {
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
    fail_all(waiting,
             epochs_.refusal().value_or(Error{
                 "server.storage", "the disk of the server cannot be written; nothing was stored, send again later"}));
    if (stopping) {
      healthy_ = true;  // nothing more is taken; the threads can end
      return;
    }
    if (back()) {
      healthy_ = true;
      epochs_.release("server.standby");
      const Lock lock(metrics_mutex_);
      ++metrics_.recoveries;
      return;
    }
    const auto again = std::chrono::steady_clock::now() + kRetry;
    const Lock lock(queue_mutex_);
    while (!stopping_ && prepared_wakes_.wait_until(queue_mutex_, again)) {
    }
  }
}

}  // namespace tuixuan::service
