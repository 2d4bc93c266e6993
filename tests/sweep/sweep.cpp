#include "tests/sweep/sweep.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace tuixuan::sweep {

static std::vector<int> errors_of(Class c) {
  switch (c) {
    case Class::open:
      return {EIO, EACCES, EMFILE, ENOSPC};
    case Class::read:
      return {EIO};
    case Class::write:
      return {ENOSPC, EIO};
    case Class::sync:
      return {EIO, ENOSPC};
    case Class::rename:
      return {EIO, ENOSPC, EACCES};
    case Class::unlink:
      return {EIO, EACCES};
    case Class::link:
      return {EIO, ENOSPC};
    case Class::lock:
      return {EIO, EAGAIN, ENOLCK};
    case Class::truncate:
      return {EIO, ENOSPC};
    case Class::stat:
      return {EIO, EACCES};
    case Class::close:
      return {EIO};
    case Class::map:
      return {ENOMEM};
    case Class::folder:
      return {EACCES, ENOSPC};
    case Class::socket:
      return {EMFILE, ENOMEM};
    case Class::connect:
      return {ECONNREFUSED, ENETUNREACH, ETIMEDOUT};
    case Class::bind:
      return {EADDRINUSE};
    case Class::listen:
      return {EADDRINUSE};
    case Class::accept:
      return {EMFILE, ECONNABORTED, ENFILE, ENOMEM};
    case Class::send:
      return {ECONNRESET, EPIPE, ENOBUFS};
    case Class::recv:
      return {ECONNRESET, ETIMEDOUT};
    case Class::poll:
      return {EINTR, ENOMEM};
    case Class::event:
      return {ENOMEM, ENOSPC};
  }
  return {};
}

static std::vector<std::string> actions_of(Class c) {
  std::vector<std::string> out;
  for (const int error : errors_of(c)) out.push_back(std::to_string(error));
  if (c == Class::read || c == Class::write || c == Class::send || c == Class::recv) out.emplace_back("short");
  out.emplace_back("kill");
  if (c == Class::write || c == Class::sync || c == Class::send || c == Class::truncate || c == Class::rename)
    out.emplace_back("power");
  return out;
}

static std::string name_of(const std::string& action) {
  const int error = std::atoi(action.c_str());
  return error != 0 ? ::strerrorname_np(error) : action;
}

Shim::Shim(std::filesystem::path table) : file_(std::move(table)) { clear(); }

Shim::~Shim() {
  if (table_ != nullptr) ::munmap(table_, sizeof(Table));
}

void Shim::clear() {
  if (table_ != nullptr) ::munmap(table_, sizeof(Table));
  ::unlink(file_.c_str());  // who still runs keeps the old one
  const int fd = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || ::ftruncate(fd, sizeof(Table)) != 0) std::abort();
  void* memory = ::mmap(nullptr, sizeof(Table), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  if (memory == MAP_FAILED) std::abort();
  table_ = static_cast<Table*>(memory);
}

std::vector<std::string> Shim::words(std::vector<std::string> command, const std::string& under,
                                     const Fault* fault) const {
  const char* elsewhere = std::getenv("TUIXUAN_TEST_PLUGINS");
  const std::string plugins =
      elsewhere != nullptr ? elsewhere : std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/../test_plugins";
  std::vector<std::string> out{"/usr/bin/env", "LD_PRELOAD=" + plugins + "/libtuixuan_sweep.so",
                               "SWEEP_TABLE=" + file_.string(), "SWEEP_UNDER=" + under};
  if (fault != nullptr) {
    char text[96];
    std::snprintf(text, sizeof text, "SWEEP_FAULT=%llx:%u:%s", static_cast<unsigned long long>(fault->hash),
                  fault->occurrence, fault->action.c_str());
    out.emplace_back(text);
    out.push_back("SWEEP_SEED=" + std::to_string(fault->occurrence));
  }
  out.insert(out.end(), std::make_move_iterator(command.begin()), std::make_move_iterator(command.end()));
  return out;
}

Sweep::Sweep(std::string target, std::string program, std::size_t most)
    : target_(std::move(target)), program_(std::move(program)), most_(most) {}

void Sweep::census(const Table& table) {
  const auto sites = sites_of(program_, table);
  const std::size_t calls = std::min<std::size_t>(table.calls, kCalls);
  calls_ += table.calls;
  for (std::size_t i = 0; i < calls; ++i) {
    const Call& call = table.log[i];
    const Site& site = sites.at(call.hash);
    const Class c{call.call_class};
    innermost_.insert(site.innermost);
    callers_[call.hash] = site.all;
    auto it = std::find_if(reached_.begin(), reached_.end(),
                           [&](const Reached& r) { return r.call_class == c && r.name == site.function; });
    if (it == reached_.end()) it = reached_.insert(reached_.end(), Reached{c, site.function, {}});
    it->calls.push_back(call);
  }
}

Fault Sweep::fault_at(const Reached& r, std::size_t i, const std::string& action) {
  return {r.calls[i].hash, r.calls[i].occurrence, action,
          std::string(kClassNames[static_cast<std::size_t>(r.call_class)]) + " in " + r.name + ", call " +
              std::to_string(i + 1) + " of " + std::to_string(r.calls.size()) + ": " + name_of(action)};
}

std::vector<Fault> Sweep::plan_of(const std::string& function) const {
  std::vector<Fault> out;
  for (const Reached& r : reached_)
    for (std::size_t i = 0; i < r.calls.size(); ++i)
      if (callers_.at(r.calls[i].hash).find(function) != std::string::npos)
        for (const std::string& action : actions_of(r.call_class)) out.push_back(fault_at(r, i, action));
  return out;
}

std::vector<Fault> Sweep::plan() const {
  const char* wish = std::getenv("TUIXUAN_SWEEP");
  const bool every = wish != nullptr && std::string(wish) == "every";
  std::vector<Fault> out;
  std::size_t turn = 0;
  for (const Reached& r : reached_) {
    const std::vector<std::string> actions = actions_of(r.call_class);
    const std::size_t n = r.calls.size();
    std::set<std::size_t> which{0, n / 2, n - 1};
    if (every)
      for (std::size_t i = 0; i < n; ++i) which.insert(i);
    for (const std::size_t i : which) {
      std::vector<std::string> chosen{actions[turn++ % actions.size()]};
      if (every) chosen = actions;
      for (const std::string& action : chosen) out.push_back(fault_at(r, i, action));
    }
  }
  if (every || out.size() <= most_) return out;
  // A stride that is no divisor, so that every class and action has its turn.
  std::vector<Fault> some;
  for (std::size_t i = 0; i < most_; ++i) some.push_back(out[i * out.size() / most_]);
  return some;
}

void Sweep::ran(const Fault& fault, const Table& table, bool healed) {
  if (table.injected == 0) {
    ++missed_;
    return;
  }
  ++faults_;
  sectors_ += table.sectors_lost;
  killed_ += fault.action == "kill" || fault.action == "power" ? 1 : 0;
  healed_ += healed ? 1 : 0;
  planned_.insert(fault.text.substr(0, fault.text.rfind(", call")));
}

Sweep::~Sweep() {
  std::printf(
      "%s: %zu calls at %zu sites; %zu faults at %zu sites, %zu of them kills, %zu sectors lost; healed %zu, lost %zu, "
      "doubled %zu, misled %zu; %zu calls did not come again\n",
      target_.c_str(), calls_, reached_.size(), faults_, planned_.size(), killed_, sectors_, healed_, lost, doubled,
      misled, missed_);
  const char* wish = std::getenv("TUIXUAN_SWEEP");
  if (wish == nullptr) return;
  for (const std::string& caller : callers_in(program_))
    if (!innermost_.contains(caller)) std::printf("  not reached: %s\n", caller.c_str());
}

}  // namespace tuixuan::sweep
