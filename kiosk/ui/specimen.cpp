#include "kiosk/ui/specimen.h"

#include <algorithm>
#include <cstdlib>

#include "crypto/codes/client.h"
#include "crypto/codes/kiosk.h"
#include "crypto/log/checkpoint.h"
#include "tally/election/widths.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;
using tally::Contest;

static std::vector<tally::Candidate> people(std::initializer_list<const char*> names) {
  std::vector<tally::Candidate> out;
  for (const char* name : names) out.push_back({name, ""});
  return out;
}

static Contest contest(const char* id, tally::Text title, tally::Kind kind) {
  Contest c;
  c.id = ContestId{id};
  c.title = std::move(title);
  c.kind = kind;
  return c;
}

// Made-up names in a made-up village, in the order of strokes; two of them the same.
static std::vector<tally::Candidate> roll() {
  static constexpr std::string_view kSurnames[] = {"丁", "王", "刘", "孙", "李", "杨",
                                                   "吴", "张", "陈", "周", "赵", "曾"};
  static constexpr const char* kGiven[] = {"小明", "玉兰", "志强", "秀英", "建国"};
  std::vector<tally::Candidate> out;
  for (const std::string_view s : kSurnames) {
    if (s == "周") out.push_back({"欧阳修文", ""});
    for (const char* g : kGiven) out.push_back({std::string(s) + g, ""});
  }
  const auto twin = std::find(out.begin(), out.end(), tally::Candidate{"李秀英", ""});
  twin->note = "一组";
  out.insert(twin + 1, {"李秀英", "三组"});
  return out;
}

static Contest committee() {
  Contest c = contest("committee", {"支部委员会委员", "Branch committee"}, tally::Kind::election);
  c.seats = 5;
  c.max_choices = 5;
  c.candidates = people({"丁文华", "王建军", "李秀兰", "张志高", "陈玉华", "赵海涛", "黄晓明"});
  c.write_ins = {tally::WriteInRule::under_opposed, 2, 45, roll()};
  return c;
}

static Contest ratings(const char* id, tally::Text title, bool many_items) {
  Contest c = contest(id, std::move(title), tally::Kind::rating);
  c.seats = 0;
  c.max_choices = 0;
  c.candidates = many_items ? people({"王建军"}) : people({"王建军", "李秀兰", "张志高"});
  tally::Rating r;
  r.grades = {{{"优秀", "Excellent"}, 100},
              {{"称职", "Competent"}, 80},
              {{"基本称职", "Adequate"}, 60},
              {{"不称职", "Poor"}, 40}};
  r.items = {{{"总体评价", "Overall"}, 100}};
  if (many_items)
    r.items = {{{"理想信念", "Conviction"}, 30}, {{"服务群众", "Serving people"}, 30}, {{"廉洁自律", "Integrity"}, 40}};
  r.not_acquainted = true;
  r.max_best = many_items ? 0 : 1;
  c.rating = r;
  return c;
}

std::vector<Contest> specimen_contests() {
  Contest secretary = contest("secretary", {"支部书记", "Branch secretary"}, tally::Kind::election);
  secretary.candidates = people({"王建军", "张志高"});
  secretary.write_ins = {tally::WriteInRule::free_lines, 1, 45, {}};
  Contest recommended = contest("recommended", {"推荐党代表", "Recommended delegates"}, tally::Kind::recommendation);
  recommended.seats = 3;
  recommended.max_choices = 3;
  recommended.candidates = roll();
  Contest admission =
      contest("admission", {"接收预备党员", "Admission of a probationary member"}, tally::Kind::decision);
  admission.candidates = people({"周晓燕"});
  admission.answers.postpone = tally::Answer{{"缓议", "postpone"}, "△"};
  return {committee(),
          secretary,
          recommended,
          admission,
          ratings("review", {"民主评议支部委员", "Review of the committee"}, false),
          ratings("leader", {"民主测评", "Appraisal"}, true)};
}

Specimen::Specimen(std::vector<Contest> contests) {
  std::string pattern = (fs::temp_directory_path() / "tuixuan-specimen-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) bug("no folder for the specimen");
  folder_ = pattern;
  const KioskId id{"K1"};
  auto journal = Journal::open((folder_ / "journal.sqlite").string(), id);
  if (!journal) bug("no journal for the specimen");
  journal_.emplace(std::move(*journal));
  session_.emplace(id, key_, *journal_);
  stage_.id = StageId{"specimen"};
  stage_.box = BoxId{"main"};
  stage_.rehearsal = true;
  stage_.public_key = primitives::Point::base(primitives::SecretScalar::random());
  stage_.round = 1;
  stage_.contests = std::move(contests);
  for (const Contest& c : stage_.contests) stage_.widths.push_back(election::sealed_width(c));
  flow_.emplace(*session_,
                Flow::Around{[this] { return open_ ? &stage_ : nullptr; },
                             [](const primitives::VerifyKey&) { return Result<void>(); }, [] { return 0U; }, [] {}},
                Flow::Timing{});
}

Specimen::~Specimen() {
  flow_.reset();
  session_.reset();
  journal_.reset();
  std::error_code ec;
  fs::remove_all(folder_, ec);
}

MachineState Specimen::state() const {
  MachineState s;
  s.congress = {"柳河村党支部党员大会", "Liuhe village branch congress"};
  s.stage = {"选举、推荐、评议", "Election, recommendation, review"};
  s.box = {"主会场票箱", "Main box"};
  s.stage_id = stage_.id.name;
  s.id = "K1";
  s.public_key = key_.verify_key().hex();
  s.board = "https://192.168.1.10:8443";
  s.rehearsal = true;
  s.enrolling = enrolling_;
  s.reached = true;
  s.entries = 57;
  s.fingerprint = log::fingerprint({"specimen.example/log", s.entries, log::leaf_hash({})});
  if (const auto counts = journal_->counts(stage_.id)) s.counts = *counts;
  s.supervisors = supervisors_;
  s.stop = stop_;
  if (stop_ && stop_->check == code::kiosk::unreached) s.late = Error{code::net::connect, "nobody answers"};
  s.seen = 57;
  s.missing = missing_;
  s.ended = ended_;
  if (const auto all = journal_->counts()) s.all = *all;
  return s;
}

std::string Specimen::slip() const { return protocol::Slip::random().text(); }

}  // namespace tuixuan::kiosk
