// The verifier on whole records: a good one holds in every form, and whatever is changed in it is told by name.
#include "server/verify/verify.h"

#include <gmock/gmock.h>

#include <fstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/log/proof.h"
#include "crypto/protocol/ballot.h"
#include "server/verify/present.h"
#include "server/verify/record.h"
#include "tests/support/kit_record.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using kit::Files;
using kit::FilesSource;
using testing::HasSubstr;
using verify::Verification;

class VerifyTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    congress_ = new kit::Congress;
    congress_->run(6);
    files_ = new Files(kit::record_files(*congress_));
  }
  static void TearDownTestSuite() {
    delete congress_;
    delete files_;
  }
  void SetUp() override {
    std::string name = testing::TempDir() + "verify-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  static Verification check(Files files, const verify::Known& known = {}) {
    FilesSource source(std::move(files));
    return verify::verify_record(source, known, 2);
  }
  static std::string failure(const Verification& v) {
    return v.ok ? "verified" : v.failures.empty() ? "no failure" : std::string(name_of(v.failures[0].what.check));
  }
  static log::NoteKey log_key() {
    return {congress_->scheme.log.origin, log::KeyType::kEd25519, congress_->log_key.verify_key()};
  }
  static std::string receipt(std::uint64_t index, std::uint64_t size) {
    log::Tree tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(log::leaf_hash(congress_->log[i]));
    return log::format_receipt(
        {{}, index, tree.inclusion_proof(index, size).value(), kit::checkpoint_of(*congress_, size)});
  }

  static inline kit::Congress* congress_ = nullptr;
  static inline Files* files_ = nullptr;
  fs::path folder_;
};

TEST_F(VerifyTest, AGoodRecordHoldsInEveryForm) {
  kit::write_files(*files_, folder_ / "record");
  const auto folder = verify::open_source((folder_ / "record").string(), {});
  ASSERT_TRUE(folder);
  const Verification first = verify::verify_record(**folder, {}, 2);
  EXPECT_EQ(failure(first), "verified");
  for (const verify::Group& g : first.groups) EXPECT_EQ(g.held, verify::Held::held) << g.of->name;

  const fs::path file = folder_ / "record.tuixuan";
  ASSERT_TRUE(verify::write_archive(**folder, first, file));
  const auto archive = verify::open_source(file.string(), {});
  ASSERT_TRUE(archive) << archive.error().text();
  const Verification second = verify::verify_record(**archive, {}, 2);
  EXPECT_EQ(failure(second), "verified");

  ASSERT_TRUE(verify::write_folder(**archive, second, folder_ / "again"));
  const auto again = verify::open_source((folder_ / "again").string(), {});
  EXPECT_EQ(failure(verify::verify_record(**again, {}, 1)), "verified");
  for (const std::string& path : verify::record_paths(second))
    EXPECT_TRUE(fs::exists(folder_ / "again" / path)) << path;

  EXPECT_EQ(verify::write_archive(**archive, second, file).error().check, code::record::write);
  EXPECT_EQ(verify::write_folder(**archive, second, folder_ / "again").error().check, code::record::write);
}

TEST_F(VerifyTest, TheReportShowsTheResultInBothLanguages) {
  const Verification v = check(*files_);
  const std::string zh = verify::to_text(v, "zh");
  EXPECT_THAT(zh, HasSubstr("验证通过"));
  EXPECT_THAT(zh, HasSubstr("王建国"));
  EXPECT_THAT(zh, HasSubstr("应到 12"));
  const std::string en = verify::to_text(v, "en");
  EXPECT_THAT(en, HasSubstr("verified: everything holds"));
  EXPECT_THAT(verify::to_json(v), HasSubstr(R"("verified":true)"));
}

TEST_F(VerifyTest, EveryFileIsNeededAndEveryByteOfItCounts) {
  for (const auto& [path, bytes] : *files_) {
    Files without = *files_;
    without.erase(path);
    EXPECT_NE(failure(check(without)), "verified") << path << " missing";
    Files longer = *files_;
    longer[path].push_back(0);
    EXPECT_NE(failure(check(longer)), "verified") << path << " longer";
    Files shorter = *files_;
    shorter[path].pop_back();
    EXPECT_NE(failure(check(shorter)), "verified") << path << " shorter";
    const std::size_t stride = std::max<std::size_t>(1, bytes.size() / 12);
    for (std::size_t at = 0; at < bytes.size(); at += stride) {
      Files flipped = *files_;
      flipped[path][at] ^= 1U << (at % 8);
      const Verification v = check(std::move(flipped));
      EXPECT_FALSE(v.ok) << path << " byte " << at;
      EXPECT_FALSE(v.failures.empty() || v.failures[0].what.check == Code()) << path << " byte " << at;
      EXPECT_THAT(verify::to_text(v, "zh"), HasSubstr("验证不通过"));
    }
  }
}

TEST_F(VerifyTest, NamesWhatIsWrong) {
  Files files = *files_;
  files["checkpoint"] = to_bytes(kit::checkpoint_of(*congress_, congress_->log.size() - 1));
  EXPECT_EQ(failure(check(files)), "record.file");  // no bundle of this size
  EXPECT_EQ(failure(check(kit::record_files(*congress_, ~std::size_t{0}, &congress_->desk))), "log.note");
  EXPECT_EQ(failure(check(kit::record_files(*congress_, 10))), "record.incomplete");
  verify::Known partial;
  partial.partial = true;
  EXPECT_EQ(failure(check(kit::record_files(*congress_, 10), partial)), "verified");
  files = *files_;
  files.begin()->second = files.at("checkpoint");
  EXPECT_EQ(failure(check({})), "record.file");
  for (auto& [path, bytes] : files)
    if (path.starts_with("tile/0/")) bytes[40] ^= 1;
  EXPECT_EQ(failure(check(files)), "log.tile");
}

TEST_F(VerifyTest, HoldsTheRecordAgainstWhatIsKnown) {
  verify::Known known;
  known.log = log_key();
  known.organiser = congress_->organiser.verify_key();
  EXPECT_EQ(failure(check(*files_, known)), "verified");
  known.organiser = congress_->desk.verify_key();
  EXPECT_EQ(failure(check(*files_, known)), "V01.key");
  known = {};
  known.log = log_key();
  known.log->name = "other.example/log";
  EXPECT_EQ(failure(check(*files_, known)), "V01.key");
  known.log = log_key();
  known.log->key = congress_->desk.verify_key();
  EXPECT_EQ(failure(check(*files_, known)), "V01.key");
}

TEST_F(VerifyTest, EarlierCheckpointsAndReceipts) {
  const std::size_t all = congress_->log.size();
  verify::Known known;
  known.checkpoints = {{"early", kit::checkpoint_of(*congress_, 5)}, {"last", kit::checkpoint_of(*congress_, all)}};
  known.receipts = {{"receipt 3", receipt(3, 9)}, {"receipt last", receipt(all - 1, all)}};
  const Verification good = check(*files_, known);
  EXPECT_TRUE(good.ok);
  EXPECT_EQ(good.answers.size(), 4U);

  // A server that showed a voter another log.
  log::Tree other;
  for (std::size_t i = 0; i < 9; ++i) other.append(log::leaf_hash(congress_->log[i == 3 ? 4 : i]));
  const std::string forked = log::sign_checkpoint({congress_->scheme.log.origin, 9, other.root()}, congress_->log_key);
  known = {};
  known.checkpoints = {{"forked", forked}};
  EXPECT_THAT(check(*files_, known).answers.at(0).en, HasSubstr("log.fork"));
  known = {};
  known.receipts = {{"forked", log::format_receipt({{}, 3, other.inclusion_proof(3, 9).value(), forked})}};
  EXPECT_THAT(check(*files_, known).answers.at(0).en, HasSubstr("log.fork"));

  // A record that ends early, although a later checkpoint was given out.
  known = {};
  known.partial = true;
  known.checkpoints = {{"later", kit::checkpoint_of(*congress_, all)}};
  const Verification cut = check(kit::record_files(*congress_, 10), known);
  EXPECT_FALSE(cut.ok);
  EXPECT_THAT(cut.answers.at(0).en, HasSubstr("log.short"));

  // A receipt that proves another place than it says.
  log::Receipt wrong = log::parse_receipt(receipt(3, 9)).value();
  wrong.index = 4;
  known = {};
  known.receipts = {{"wrong", log::format_receipt(wrong)}};
  EXPECT_THAT(check(*files_, known).answers.at(0).en, HasSubstr("log.receipt"));
  known.receipts = {{"noise", "noise"}};
  EXPECT_FALSE(check(*files_, known).ok);
}

TEST_F(VerifyTest, FindsABallotByItsTracker) {
  const Hash64 hash = congress_->stage().ballots.begin()->first;
  verify::Known known;
  known.trackers = {{"printed", protocol::tracker(hash)}, {"whole", hash.hex()}};
  const Verification v = check(*files_, known);
  EXPECT_TRUE(v.ok);
  ASSERT_EQ(v.answers.size(), 2U);
  known.trackers = {{"none", protocol::tracker(Hash64{})}};
  EXPECT_FALSE(check(*files_, known).ok);
}

TEST_F(VerifyTest, RefusesFilesThatAreNoRecords) {
  EXPECT_EQ(verify::open_source((folder_ / "nothing").string(), {}).error().check, code::record::open);
  std::ofstream(folder_ / "noise") << "this is no tar file, but long enough to be looked at";
  EXPECT_EQ(verify::open_source((folder_ / "noise").string(), {}).error().check, code::record::open);
  EXPECT_EQ(verify::open_source("https://", {}).error().check, code::net::address);
}

}  // namespace
}  // namespace tuixuan
