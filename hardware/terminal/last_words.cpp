#include "hardware/terminal/last_words.h"

#include <unistd.h>

#include <cstdio>
#include <exception>

namespace tuixuan::terminal {

static constexpr int kStatus = 70;  // EX_SOFTWARE of sysexits.h

[[noreturn]] static void end(const char* what) {
  std::fprintf(
      stderr,
      "程序因意外错误停止，已写入磁盘的都在；请重新启动，再出现就报告监票人：%s\n"
      "stopped by an unexpected error; what was written is safe. Start it again, and tell the supervisors if it "
      "happens again: %s\n",
      what, what);
  std::fflush(stderr);
  ::_exit(kStatus);
}

static void last_words() {
  try {
    if (const auto cause = std::current_exception()) std::rethrow_exception(cause);
  } catch (const std::exception& why) {
    end(why.what());
  } catch (...) {
  }
  end("?");
}

void install_last_words() { std::set_terminate(last_words); }

}  // namespace tuixuan::terminal
