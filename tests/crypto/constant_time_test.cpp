// No branch and no address depends on a secret in the sums of crypto/batch/secret_sums.h: shown by marking (secrets are
// undefined memory to valgrind's memcheck), for the code as it is compiled. Two programs that leak are caught.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

namespace tuixuan {
namespace {

class ConstantTime : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(program_) || std::system("valgrind --version > /dev/null 2>&1") != 0)
      GTEST_SKIP() << "valgrind is not installed";
  }
  // 10 and how many branches and addresses memcheck has reported; else something went wrong.
  int reports(const std::string& what) const {
    const std::string command = "valgrind --quiet --error-limit=no \"" + program_ + "\" " + what;
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  std::string program_ = std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/constant_time_probe";
};

TEST_F(ConstantTime, NoSecretDecidesABranchOrAnAddress) { EXPECT_EQ(reports("sums"), 10); }

TEST_F(ConstantTime, ABranchOnASecretIsCaught) { EXPECT_GT(reports("branch"), 10); }

TEST_F(ConstantTime, AnAddressOfASecretIsCaught) { EXPECT_GT(reports("address"), 10); }

}  // namespace
}  // namespace tuixuan
