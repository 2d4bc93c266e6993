#include "tests/kiosk/real_screen.h"

#include <csignal>
#include <cstdlib>

#include "tests/support/wait.h"

namespace tuixuan::kiosk {

RealScreen RealScreen::start(std::vector<std::string> words, const std::string& errors, const std::string& display,
                             const Wrap& wrap) {
  const char* bin = std::getenv("TUIXUAN_BIN_DIR");
  if (bin == nullptr) {
    std::fprintf(stderr, "TUIXUAN_BIN_DIR is not set; run through ctest\n");
    std::abort();
  }
  ::setenv("QT_QPA_PLATFORM", display.empty() ? "offscreen" : "xcb", 1);
  if (!display.empty()) ::setenv("DISPLAY", display.c_str(), 1);
  ::setenv("QT_QUICK_BACKEND", "software", 1);
  ::setenv("QT_QPA_GENERIC_PLUGINS", "tuixuan_hand", 1);
  const char* plugins = std::getenv("TUIXUAN_TEST_PLUGINS");  // for programs that were built elsewhere
  ::setenv("QT_PLUGIN_PATH", plugins != nullptr ? plugins : (std::string(bin) + "/../test_plugins").c_str(), 1);
  words.insert(words.begin(), std::string(bin) + "/tuixuan-kiosk");
  if (wrap) words = wrap(std::move(words));
  return RealScreen(programs::Process::start(words, errors).value());
}

std::string RealScreen::ask(const std::string& command) {
  if (!process_.write_line(command)) return {};
  while (auto line = process_.read_line()) {
    if (line->starts_with("hand ")) return line->substr(5);
    printed_ += *line + "\n";
  }
  return {};
}

bool RealScreen::wait_for(const std::function<bool()>& done) {
  return kit::wait_until(done, [this] { return !process_.running(); });
}

bool RealScreen::wait_for_page(const std::string& file) {
  return wait_for([&] { return ask("page") == file; });
}

bool RealScreen::tap(const std::string& text) {
  return wait_for([&] { return ask("tap " + text) == "yes"; });
}

bool RealScreen::seal() {
  std::string page;
  if (!tap("核对无误")) return false;
  if (!wait_for([&] { return (page = ask("page")) == "SealedPage" || page == "QuestionPage"; })) return false;
  return page == "SealedPage" || (tap("不选了") && wait_for_page("SealedPage"));
}

void RealScreen::cut_power() {
  process_.signal(SIGKILL);
  process_.wait();
}

std::string RealScreen::rest() {
  while (auto line = process_.read_line()) printed_ += *line + "\n";
  return printed_;
}

}  // namespace tuixuan::kiosk
