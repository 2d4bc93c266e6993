// A wrong command line is told in both languages, with the command whose help says more, and ends with status 2.
#include "hardware/terminal/command_line.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <thread>

namespace tuixuan::terminal {
namespace {

struct Answer {
  std::optional<int> status;
  std::string said;  // on standard error
  std::string told;
};

Answer read(std::vector<std::string> words) {
  CLI::App app{"about"};
  app.require_subcommand(1);
  int number = 0;
  std::string file;
  CLI::App* key = app.add_subcommand("key", "makes a key");
  key->add_option("--file", file)->required();
  key->add_option("--number", number)->check(CLI::Range(1, 9));
  words.insert(words.begin(), "/usr/bin/program");
  std::vector<char*> argv;
  argv.reserve(words.size());
  for (std::string& word : words) argv.push_back(word.data());
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  Answer out;
  out.status = read_command_line(app, static_cast<int>(argv.size()), argv.data());
  out.said = testing::internal::GetCapturedStderr();
  out.told = testing::internal::GetCapturedStdout();
  return out;
}

TEST(CommandLine, GoesOnWhenItIsRight) { EXPECT_EQ(read({"key", "--file", "a"}).status, std::nullopt); }

TEST(CommandLine, NoProgramEndsWithoutASentence) {
  std::set_terminate(std::abort);
  read({"key", "--file", "a"});
  EXPECT_NE(std::get_terminate(), &std::abort);
  EXPECT_EXIT(std::thread([] { throw std::runtime_error("the very cause"); }).join(), testing::ExitedWithCode(70),
              testing::AllOf(testing::HasSubstr("意外错误停止"), testing::HasSubstr("the very cause")));
}

TEST(CommandLine, ShowsItsHelp) {
  EXPECT_EQ(read({"--help"}).status, 0);
  EXPECT_EQ(read({"key", "--help"}).status, 0);
}

TEST(CommandLine, ShowsItsVersion) {
  const Answer answer = read({"--version"});
  EXPECT_EQ(answer.status, 0);
  EXPECT_EQ(answer.told, version_line("program") + "\n");
  EXPECT_THAT(answer.told, testing::MatchesRegex("program [0-9]+\\.[0-9]+\\.[0-9]+ \\(EVR255/1\\)\n"));
}

TEST(CommandLine, TellsWhatIsWrong) {
  const std::pair<std::vector<std::string>, const char*> kWrong[] = {
      {{}, "program：缺少必需的命令或选项：A subcommand is required\n"},
      {{"key"}, "program key：缺少必需的命令或选项：--file is required\n"},
      {{"key", "--file", "a", "--other"}, "program key：有不认识的命令或选项："},
      {{"key", "--file"}, "program key：选项的值多了或少了："},
      {{"key", "--file", "a", "--number", "10"}, "program key：选项的值不在允许的范围内："},
  };
  for (const auto& [words, said] : kWrong) {
    const Answer answer = read(words);
    EXPECT_EQ(answer.status, 2) << said;
    EXPECT_THAT(answer.said, testing::StartsWith(said));
    EXPECT_THAT(answer.said, testing::EndsWith("--help\n"));
  }
}

}  // namespace
}  // namespace tuixuan::terminal
