#include "hardware/terminal/command_line.h"

#include <cstdio>
#include <utility>

#include "hardware/terminal/last_words.h"

namespace tuixuan::terminal {

static constexpr std::pair<CLI::ExitCodes, const char*> kWrong[] = {
    {CLI::ExitCodes::RequiredError, "缺少必需的命令或选项"},
    {CLI::ExitCodes::ExtrasError, "有不认识的命令或选项"},
    {CLI::ExitCodes::ConversionError, "选项的值写法不对"},
    {CLI::ExitCodes::ValidationError, "选项的值不在允许的范围内"},
    {CLI::ExitCodes::ArgumentMismatch, "选项的值多了或少了"},
    {CLI::ExitCodes::RequiresError, "这个选项要与另一个选项一起用"},
    {CLI::ExitCodes::ExcludesError, "这两个选项不能同时用"},
    {CLI::ExitCodes::OptionNotFound, "没有这个选项"},
};

static const char* in_chinese(int code) {
  for (const auto& [wrong, words] : kWrong)
    if (static_cast<int>(wrong) == code) return words;
  return "命令写法不对";
}

// The innermost command that was given, whose help says more.
static std::string command_of(const CLI::App& app) {
  std::string out = app.get_name();
  out.erase(0, out.rfind('/') + 1);
  for (const CLI::App* command : app.get_subcommands()) out += " " + command_of(*command);
  return out;
}

std::string version_line(std::string_view program) { return std::string(program) + " " TUIXUAN_VERSION " (EVR255/1)"; }

std::optional<int> read_command_line(CLI::App& app, int argc, char** argv) {
  install_last_words();
  const std::string called = app.get_name().empty() && argc > 0 ? argv[0] : app.get_name();
  app.set_version_flag("--version", version_line(called.substr(called.rfind('/') + 1)));
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    const std::string command = command_of(app);
    std::fprintf(stderr, "%s：%s：%s\n用法见 %s --help / for its use: %s --help\n", command.c_str(),
                 in_chinese(wrong.get_exit_code()), wrong.what(), command.c_str(), command.c_str());
    return 2;
  }
}

}  // namespace tuixuan::terminal
