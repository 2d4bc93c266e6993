#include "hardware/programs/sibling.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "crypto/codes/base.h"

namespace tuixuan::programs {

std::filesystem::path program_folder() {
  std::error_code ec;
  return std::filesystem::read_symlink("/proc/self/exe", ec).parent_path();
}

Error become_sibling(const std::string& name, std::vector<std::string> arguments) {
  std::string program = program_folder() / name;
  std::vector<char*> words{program.data()};
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
  return {code::plain::process, program + " cannot be started: " + std::strerror(errno)};
}

}  // namespace tuixuan::programs
