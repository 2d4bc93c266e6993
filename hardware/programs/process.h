// Programs of the appliance as child processes of the demo: started with passphrases on file descriptor 3 if there are
// any, fed and read line by line, told to stop, or killed as a power cut would. They end when their parent does.
// Started from the main thread. Errors: "process".
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::programs {

class Process {
 public:
  // What it writes to standard error goes to `errors`, a file; with none, where ours goes.
  [[nodiscard]] static Result<Process> start(const std::vector<std::string>& command, const std::string& errors,
                                             ByteView passphrase = {});
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();  // kills what still runs

  bool write_line(std::string_view line);  // false: it does not read any more
  void close_input();
  std::optional<std::string> read_line();  // waits; none at the end
  std::string read_all();
  void signal(int number);
  int wait();  // exit status; 128 + the signal that ended it
  bool running();
  pid_t pid() const { return pid_; }

 private:
  Process(pid_t pid, int in, int out) : pid_(pid), in_(in), out_(out) {}
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  int status_ = -1;
  std::string pending_;
};

}  // namespace tuixuan::programs
