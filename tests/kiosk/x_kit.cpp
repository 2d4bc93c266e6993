#include "tests/kiosk/x_kit.h"

#include <csignal>
#include <fstream>

namespace tuixuan::kiosk {

using programs::Process;

std::vector<Box> boxes(const Pixels& picture, std::uint32_t colour, unsigned least) {
  return boxes(picture, colour, least, least);
}

std::vector<Box> boxes(const Pixels& picture, std::uint32_t colour, unsigned least_high, unsigned least_wide) {
  std::vector<Box> out;
  std::vector<bool> seen(picture.dots.size());
  std::vector<std::size_t> open;
  for (std::size_t start = 0; start < picture.dots.size(); ++start) {
    if (seen[start] || picture.dots[start] != colour) continue;
    Box box{picture.width, picture.height, 0, 0};
    open.push_back(start);
    seen[start] = true;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      const auto px = static_cast<unsigned>(at % picture.width);
      const auto py = static_cast<unsigned>(at / picture.width);
      box = {std::min(box.left, px), std::min(box.top, py), std::max(box.right, px), std::max(box.bottom, py)};
      const auto reach = [&](bool inside, std::size_t next) {
        if (!inside || seen[next] || picture.dots[next] != colour) return;
        seen[next] = true;
        open.push_back(next);
      };
      reach(px > 0, at - 1);
      reach(px + 1 < picture.width, at + 1);
      reach(py > 0, at - picture.width);
      reach(py + 1 < picture.height, at + picture.width);
    }
    if (box.wide() >= least_wide && box.high() >= least_high) out.push_back(box);
  }
  return out;
}

XScreen::XScreen(tally::Kind kind, std::size_t slips) : ScreenTest(kind, slips) { std::signal(SIGPIPE, SIG_IGN); }

XScreen::~XScreen() {
  if (program) program->cut_power();
  if (x_server) x_server->signal(SIGTERM);
  if (x_server) x_server->wait();
}

void XScreen::switch_on() {
  x_server.emplace(std::move(*Process::start({"/usr/bin/Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24",
                                              "-nolisten", "tcp", "-fbdir", server.folder().string()},
                                             messages("xvfb"))));
  const auto number = x_server->read_line();
  ASSERT_TRUE(number) << "Xvfb does not start";
  program.emplace(RealScreen::start({"screen", "--dir", folder, "--congress", card_file(), "--dpi", "96"},
                                    messages("kiosk"), ":" + *number));
  ASSERT_TRUE(program->wait_for_page("WaitingPage"));
  x({"search", "--sync", "--onlyvisible", "--name", ".*", "windowfocus", "--sync"});
}

void XScreen::x(std::vector<std::string> words) {
  words.insert(words.begin(), "/usr/bin/xdotool");
  auto run = Process::start(words, messages("xdotool"));
  run->read_all();
  ASSERT_EQ(run->wait(), 0) << words[1];
}

void XScreen::scan(std::size_t who) {
  x({"type", "--delay", "8", slip(who)});
  x({"key", "Return"});
}

void XScreen::click(const std::string& tile) {
  std::string at;
  ASSERT_TRUE(program->wait_for([&] { return settled() && (at = program->ask("where " + tile)) != "nowhere"; }))
      << tile << " on " << program->ask("page");
  const auto space = at.find(' ');
  // The second of two quick clicks in one place is taken for a slip of the hand.
  rest(std::chrono::milliseconds(450));
  x({"mousemove", "--sync", at.substr(0, space), at.substr(space + 1), "click", "1"});
}

void XScreen::touch_at(unsigned px, unsigned py, unsigned times, std::chrono::milliseconds gap) {
  x({"mousemove", std::to_string(px), std::to_string(py), "click", "--repeat", std::to_string(times), "--delay",
     std::to_string(gap.count()), "1"});
}

void XScreen::go_home() {
  std::string page;
  for (int i = 0; i < 12; ++i) {
    page = program->ask("page");
    if (page == "WaitingPage") return;
    if (program->ask("where 中文") != "nowhere") {
      click("中文");
      if (HasFatalFailure()) return;
      ASSERT_TRUE(program->wait_for([&] { return program->ask("where English") != "nowhere"; }));
    }
    click(page == "DisplayPage"    ? "好"
          : page == "QuestionPage" ? program->get("question.safe")
          : page == "LeavePage"    ? "清除并退出"
          : page == "DonePage"     ? "完成"
                                   : "退出");
    if (HasFatalFailure()) return;
    ASSERT_TRUE(program->wait_for([&] { return program->ask("page") != page; })) << page;
  }
  FAIL() << "still on " << page;
}

// The server's memory as a file in the format of xwd: numbers of the head are big-endian.
Pixels XScreen::look() const {
  std::ifstream file(server.folder() / "Xvfb_screen0", std::ios::binary);
  const std::string all((std::istreambuf_iterator<char>(file)), {});
  const auto number = [&](std::size_t i) {
    std::uint32_t n = 0;
    for (std::size_t k = 0; k < 4; ++k) n = (n << 8U) | static_cast<unsigned char>(all.at(4 * i + k));
    return n;
  };
  Pixels out{number(4), number(5), {}};
  const std::size_t head = number(0) + std::size_t{number(19)} * 12;
  const std::size_t line = number(12);
  if (number(11) != 32 || all.size() < head + line * out.height) bug("not a screen of 32 bits");
  out.dots.reserve(std::size_t{out.width} * out.height);
  for (unsigned py = 0; py < out.height; ++py)
    for (unsigned px = 0; px < out.width; ++px) {
      const auto* dot = reinterpret_cast<const unsigned char*>(all.data()) + head + py * line + std::size_t{px} * 4;
      out.dots.push_back((std::uint32_t{dot[2]} << 16U) | (std::uint32_t{dot[1]} << 8U) | dot[0]);
    }
  return out;
}

}  // namespace tuixuan::kiosk
