// Runs the programs of this build in a folder that goes away with the test.
#pragma once

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hardware/programs/process.h"

namespace tuixuan {

class DemoKit : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "tuixuan-demo-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  struct Said {
    int status = -1;
    std::string text;  // with what it said on standard error, if it failed
  };
  Said run(std::vector<std::string> words) {
    words[0] = std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/" + words[0];
    auto process = programs::Process::start(words, folder_ / "errors");
    Said out;
    if (!process) return out;
    process->close_input();
    out.text = process->read_all();
    out.status = process->wait();
    if (out.status != 0) {
      std::ifstream errors(folder_ / "errors");
      out.text += std::string((std::istreambuf_iterator<char>(errors)), {});
    }
    return out;
  }
  std::filesystem::path folder_;
};

}  // namespace tuixuan
