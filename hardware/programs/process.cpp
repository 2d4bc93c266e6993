#include "hardware/programs/process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "crypto/codes/base.h"

namespace tuixuan::programs {

namespace {

struct Pipe {
  int read = -1;
  int write = -1;
  bool open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
};

void close_end(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

constexpr int kPassphraseFd = 3;

}  // namespace

Result<Process> Process::start(const std::vector<std::string>& command, const std::string& errors,
                               ByteView passphrase) {
  Pipe in;
  Pipe out;
  Pipe secret;
  if (!in.open() || !out.open() || !secret.open())
    return fail(code::plain::process, std::string("no pipe: ") + std::strerror(errno));
  const int errors_fd = errors.empty() ? -1 : ::open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (!errors.empty() && errors_fd < 0) return fail(code::plain::process, errors + ": " + std::strerror(errno));
  // Above 3 first, so that no source is overwritten before it is used.
  int high[] = {::fcntl(in.read, F_DUPFD_CLOEXEC, 10), ::fcntl(out.write, F_DUPFD_CLOEXEC, 10),
                ::fcntl(secret.read, F_DUPFD_CLOEXEC, 10)};
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    // Only what is safe between fork and exec. The child ends with its parent, however that ends.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    bool ready = ::getppid() == parent && ::dup2(high[0], STDIN_FILENO) >= 0 && ::dup2(high[1], STDOUT_FILENO) >= 0;
    if (errors_fd >= 0) ready = ready && ::dup2(errors_fd, STDERR_FILENO) >= 0;
    if (!passphrase.empty()) ready = ready && ::dup2(high[2], kPassphraseFd) >= 0;
    if (ready) ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  const int error = errno;
  if (errors_fd >= 0) ::close(errors_fd);
  for (int& fd : high) close_end(fd);
  close_end(in.read);
  close_end(out.write);
  close_end(secret.read);
  Process process(pid, in.write, out.read);
  if (pid < 0) {
    close_end(secret.write);
    return fail(code::plain::process, command[0] + " cannot be started: " + std::strerror(error));
  }
  if (!passphrase.empty()) {
    Bytes line(passphrase.begin(), passphrase.end());
    line.push_back('\n');
    const ssize_t n = ::write(secret.write, line.data(), line.size());
    std::fill(line.begin(), line.end(), std::uint8_t{0});
    if (n != static_cast<ssize_t>(line.size()))
      return fail(code::plain::process, "the passphrase could not be handed over");
  }
  close_end(secret.write);
  return process;
}

Process::Process(Process&& other) noexcept { *this = std::move(other); }

Process& Process::operator=(Process&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(in_, other.in_);
  std::swap(out_, other.out_);
  std::swap(status_, other.status_);
  std::swap(pending_, other.pending_);
  return *this;
}

Process::~Process() {
  if (running()) {
    signal(SIGKILL);
    wait();
  }
  close_end(in_);
  close_end(out_);
}

bool Process::write_line(std::string_view line) {
  std::string text(line);
  text += '\n';
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = ::write(in_, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

void Process::close_input() { close_end(in_); }

std::optional<std::string> Process::read_line() {
  for (;;) {
    if (const auto at = pending_.find('\n'); at != std::string::npos) {
      std::string line = pending_.substr(0, at);
      pending_.erase(0, at + 1);
      return line;
    }
    char part[4096];
    const ssize_t n = ::read(out_, part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    pending_.append(part, static_cast<std::size_t>(n));
  }
}

std::string Process::read_all() {
  std::string out;
  while (auto line = read_line()) out += *line + "\n";
  return out + pending_;
}

void Process::signal(int number) {
  if (running()) ::kill(pid_, number);
}

int Process::wait() {
  if (pid_ < 0) return status_;
  int raw = 0;
  while (::waitpid(pid_, &raw, 0) < 0 && errno == EINTR) {
  }
  status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  pid_ = -1;
  return status_;
}

bool Process::running() {
  if (pid_ < 0) return false;
  int raw = 0;
  if (::waitpid(pid_, &raw, WNOHANG) == 0) return true;
  status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  pid_ = -1;
  return false;
}

}  // namespace tuixuan::programs
