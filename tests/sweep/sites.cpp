#include "tests/sweep/sites.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>

namespace tuixuan::sweep {

namespace fs = std::filesystem;

static std::vector<std::string> lines_of(const std::string& command) {
  std::vector<std::string> out;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char part[65536];
  std::string line;
  while (std::fgets(part, sizeof part, pipe) != nullptr) {
    line += part;
    if (!line.ends_with('\n')) continue;
    line.pop_back();
    out.push_back(std::move(line));
    line.clear();
  }
  ::pclose(pipe);
  return out;
}

// "tuixuan::ledger::Ledger::append(std::span<...>)" as "Ledger::append"; lambdas keep the function they stand in.
static std::string short_name(std::string name) {
  int depth = 0;
  std::string flat;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '<' && flat.ends_with("operator")) {
      flat += c;
      continue;
    }
    if (c == '<' || c == '(' || c == '[') ++depth;
    if (depth == 0) flat += c;
    if (c == '>' || c == ')' || c == ']') depth -= depth > 0 ? 1 : 0;
  }
  name = flat.substr(0, flat.find(" const"));
  if (const auto space = name.rfind(' '); space != std::string::npos) name = name.substr(space + 1);
  for (const char* prefix : {"tuixuan::"})
    if (name.starts_with(prefix)) name = name.substr(std::string(prefix).size());
  return name;
}

// Of each address, the chain of functions it is in, innermost first, that lie in our own sources.
static std::map<std::uint64_t, std::vector<std::string>> own_functions(const std::string& program,
                                                                       const std::set<std::uint64_t>& addresses) {
  const fs::path list = fs::temp_directory_path() / ("sweep-addresses-" + std::to_string(::getpid()));
  {
    std::ofstream out(list);
    for (const std::uint64_t a : addresses) out << std::hex << "0x" << a << "\n";
  }
  static const std::regex kOwn(R"((?:^|/)((?:crypto|tally|server|kiosk|hardware)/[a-z_/]+\.(?:cpp|h)):\d+)");
  std::map<std::uint64_t, std::vector<std::string>> out;
  std::uint64_t at = 0;
  std::string function;
  bool is_function = true;
  for (const std::string& line : lines_of("addr2line -a -f -i -C -e " + program + " < " + list.string())) {
    if (line.starts_with("0x") && line.find(' ') == std::string::npos) {
      at = std::strtoull(line.c_str(), nullptr, 16);
      is_function = true;
      continue;
    }
    if (is_function) {
      function = line;
    } else {
      std::smatch place;
      if (line.find("/usr/") == std::string::npos && std::regex_search(line, place, kOwn)) {
        const std::string file = place[1];
        out[at].push_back(short_name(function) + " (" + file + ")");
      }
    }
    is_function = !is_function;
  }
  fs::remove(list);
  return out;
}

std::map<std::uint64_t, Site> sites_of(const std::string& program, const Table& table) {
  std::set<std::uint64_t> addresses;
  for (const Stack& s : table.stacks)
    for (std::uint32_t i = 0; i < s.frames; ++i) addresses.insert(s.frame[i] - 1);
  const auto functions = own_functions(program, addresses);
  std::map<std::uint64_t, Site> out;
  for (const Stack& s : table.stacks) {
    if (s.hash == 0) continue;
    std::vector<std::string> chain;
    for (std::uint32_t i = 0; i < s.frames; ++i)
      if (const auto f = functions.find(s.frame[i] - 1); f != functions.end())
        for (const std::string& name : f->second)
          if (chain.empty() || chain.back() != name) chain.push_back(name);
    Site& site = out[s.hash];
    for (const std::string& name : chain) site.all += name + " < ";
    site.innermost = chain.empty() ? "the libraries alone" : chain[0];
    site.function = site.innermost + (chain.size() > 1 ? " < " + chain[1] : "");
  }
  return out;
}

std::set<std::string> callers_in(const std::string& program) {
  static const std::regex kCall(
      R"(^ *([0-9a-f]+):.*call.*<(open|openat|read|write|pread|pwrite|fsync|fdatasync|rename|unlink|link|fcntl|flock|)"
      R"(ftruncate|fstat|lstat|stat|mmap|close|socket|connect|bind|listen|accept|sendmsg|recvmsg|send|recv|poll|)"
      R"(sqlite3_(?:step|exec|open_v2|prepare_v[23]|close|close_v2|wal_checkpoint_v2|backup_step)|)"
      R"([^>]*basic_filebuf[^>]*open[^>]*|_ZNSt10filesystem[^>]*)@plt>)");
  std::set<std::uint64_t> addresses;
  for (const std::string& line : lines_of("objdump -d --no-show-raw-insn " + program)) {
    std::smatch found;
    if (line.find("call") == std::string::npos || line.find("@plt>") == std::string::npos) continue;
    if (std::regex_search(line, found, kCall)) addresses.insert(std::strtoull(found[1].str().c_str(), nullptr, 16));
  }
  std::set<std::string> out;
  for (const auto& [address, chain] : own_functions(program, addresses))
    if (!chain.empty()) out.insert(chain[0]);
  return out;
}

}  // namespace tuixuan::sweep
