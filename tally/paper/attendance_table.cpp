#include "tally/paper/attendance_table.h"

#include <algorithm>
#include <set>

#include "crypto/codes/documents.h"
#include "tally/table/fold.h"

namespace tuixuan::paper {

using tally::Attendance;
using tally::BoxPapers;

namespace {

enum class Head { item, box, number, reason, consent, votes };
constexpr std::uint64_t kMaxPeople = 10'000'000;
constexpr std::size_t kMaxGroups = 100;
constexpr std::size_t kMaxText = 300;

struct Item {
  std::vector<std::string> words;  // the first is the one of the templates
  std::uint64_t Attendance::*whole = nullptr;
  std::uint64_t BoxPapers::*of_box = nullptr;
};

const std::vector<Item>& items() {
  static const std::vector<Item> kAll{
      {{"总数", "党员总数", "名册总数", "代表总数", "总人数", "登记参加选举的村民"}, &Attendance::registered, nullptr},
      {{"预备党员"}, &Attendance::probationary, nullptr},
      {{"留党察看"}, &Attendance::on_probation, nullptr},
      {{"权利中止", "停止党籍", "中止权利"}, &Attendance::suspended, nullptr},
      {{"有选举权", "有选举权人数"}, &Attendance::with_vote, nullptr},
      {{"不计入应到会"}, nullptr, nullptr},
      {{"应到会", "应到会人数", "应到"}, &Attendance::expected, nullptr},
      {{"实到会", "实到会人数", "实到"}, &Attendance::present, nullptr},
      {{"缺席", "未到会"}, nullptr, nullptr},
      {{"到会"}, nullptr, &BoxPapers::present},
      {{"领取", "领取选票"}, nullptr, &BoxPapers::drawn},
      {{"发出", "发出选票"}, nullptr, &BoxPapers::issued},
      {{"作废换发"}, nullptr, &BoxPapers::spoiled},
      {{"剩余", "剩余选票"}, nullptr, &BoxPapers::left},
      {{"投票人数", "投票"}, nullptr, &BoxPapers::voters},
      {{"收回", "收回选票"}, nullptr, &BoxPapers::returned}};
  return kAll;
}

class AttendanceReader {
 public:
  AttendanceReader(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows, BoxNumbers boxes)
      : scheme_(scheme), stage_(stage), table_(rows), boxes_(boxes) {
    out_.stage = stage.id;
    for (const BoxId& id : stage.boxes) out_.boxes.push_back({id, 0, 0, 0, 0, 0, 0, 0});
  }

  Result<Attendance> run() {
    TUIXUAN_TRY(at, table::find_columns(table_, attendance_headings(), table::OtherColumns::refused,
                                        table::BlankRows::noted, table::SumRows::none, code::attendance::column));
    at_ = std::move(at);
    for (;;) {
      TUIXUAN_TRY(more, table_.record());
      if (!more) break;
      TUIXUAN_CHECK(read_row());
    }
    TUIXUAN_CHECK(complete());
    return std::move(out_);
  }

 private:
  const std::string& cell(Head head) const {
    static const std::string kNone;
    const auto& at = at_[static_cast<std::size_t>(head)];
    return at ? table_.cells()[*at] : kNone;
  }
  tl::unexpected<Error> no(Code check, Head head, const std::string& zh, const std::string& en) const {
    const auto& at = at_[static_cast<std::size_t>(head)];
    return refuse(check, table_.row(), at ? *at + 1 : 0, zh, en);
  }

  Result<void> read_row() {
    const std::string text = table::fold(cell(Head::item));
    const auto item = std::find_if(items().begin(), items().end(), [&](const Item& i) {
      return std::find(i.words.begin(), i.words.end(), text) != i.words.end();
    });
    if (item == items().end()) {
      std::string all;
      for (const Item& i : items()) all += (all.empty() ? "" : "、") + i.words[0];
      return no(code::attendance::item, Head::item, "“" + cell(Head::item) + "”不是规定的项目；可用：" + all,
                "\"" + cell(Head::item) + "\" is no item of this table; allowed: " + all);
    }
    if (cell(Head::number).empty()) return {};  // a row of the template that nobody needed
    const auto number = table::number_of(cell(Head::number));
    if (!number || *number > kMaxPeople)
      return no(code::attendance::number, Head::number, "“" + cell(Head::number) + "”不是人数或张数",
                "\"" + cell(Head::number) + "\" is no number of people or papers");
    if (item->words[0] == "不计入应到会") return excluded(*number);
    if (item->words[0] == "缺席") return absent(*number);
    std::size_t box = 0;
    if (item->of_box != nullptr) {
      const auto found = cell(Head::box).empty() && stage_.boxes.size() == 1
                             ? std::optional<std::size_t>(0)
                             : box_named(scheme_, stage_, cell(Head::box));
      if (!found)
        return no(code::attendance::box, Head::box, "“" + cell(Head::box) + "”不是本环节的票箱",
                  "\"" + cell(Head::box) + "\" is no box of this stage");
      box = *found;
    }
    if (!given_.insert({item->words[0], box}).second)
      return no(code::attendance::item, Head::item, "“" + cell(Head::item) + "”列了两次", "this item is listed twice");
    if (item->of_box != nullptr)
      out_.boxes[box].*item->of_box = *number;
    else
      out_.*item->whole = *number;
    return {};
  }

  Result<void> excluded(std::uint64_t persons) {
    if (persons == 0) return {};
    const auto votes = table::number_of(cell(Head::votes));
    if (cell(Head::reason).empty() || cell(Head::consent).empty() || !votes || *votes > kMaxPeople)
      return no(code::attendance::item, Head::item, "不计入应到会的，须写说明（原因）、上级同意文号和大会赞成票数",
                "who is left out needs a ground, the reference of the consent and the votes of the meeting");
    if (out_.excluded.size() == kMaxGroups || cell(Head::reason).size() > kMaxText ||
        cell(Head::consent).size() > kMaxText)
      return no(code::attendance::item, Head::reason, "文字过长，或种类过多", "too long, or too many");
    out_.excluded.push_back({cell(Head::reason), persons, cell(Head::consent), *votes});
    return {};
  }

  Result<void> absent(std::uint64_t persons) {
    if (persons == 0) return {};
    if (out_.absent.size() == kMaxGroups || cell(Head::reason).size() > kMaxText)
      return no(code::attendance::item, Head::reason, "文字过长，或种类过多", "too long, or too many");
    out_.absent.push_back({cell(Head::reason).empty() ? "未写明原因" : cell(Head::reason), persons});
    return {};
  }

  bool given(const std::string& item, std::size_t box = 0) const { return given_.contains({item, box}); }

  Result<void> complete() {
    const auto missing = [&](const std::string& what) {
      return refuse(code::attendance::item, table_.reading().heading_row, 0, "缺少“" + what + "”的数，没有的写 0",
                    "there is no number of " + what + "; write 0 if there is none");
    };
    if (!given("总数")) return missing("总数");
    if (!given("实到会")) return missing("实到会");
    const std::uint64_t without = out_.probationary + out_.on_probation + out_.suspended;
    if (!given("有选举权")) out_.with_vote = out_.registered - std::min(out_.registered, without);
    std::uint64_t left_out = 0;
    for (const tally::ExcludedPersons& x : out_.excluded) left_out += x.persons;
    if (!given("应到会")) out_.expected = out_.with_vote - std::min(out_.with_vote, left_out);
    for (std::size_t box = 0; box < out_.boxes.size(); ++box) {
      if (!given("到会", box)) {
        if (out_.boxes.size() > 1) return missing(stage_.boxes[box].name + " 到会");
        out_.boxes[box].present = out_.present;
      }
      for (const char* item : {"领取", "发出", "剩余", "投票人数", "收回"})
        if (boxes_ == BoxNumbers::needed && !given(item, box)) return missing(stage_.boxes[box].name + " " + item);
    }
    return {};
  }

  const tally::Scheme& scheme_;
  const tally::Stage& stage_;
  Table& table_;
  BoxNumbers boxes_;
  Attendance out_;
  std::vector<std::optional<std::size_t>> at_;
  std::set<std::pair<std::string, std::size_t>> given_;
};

}  // namespace

const std::vector<table::Heading>& attendance_headings() {
  static const std::vector<table::Heading> kAll{
      {"项目", {}, "项目", true, true},
      {"票箱", {}, "票箱", false, false},
      {"数", {"人数", "张数", "人数或张数", "数量"}, "人数或张数", true, false},
      {"说明", {"原因"}, "原因", false, false},
      {"上级同意文号", {"上级同意"}, "上级同意文号", false, false},
      {"大会赞成票数", {"大会赞成"}, "大会赞成票数", false, false}};
  return kAll;
}

std::vector<std::string> attendance_items() {
  std::vector<std::string> out;
  for (const Item& i : items())
    if (i.of_box == nullptr) out.push_back(i.words[0]);
  return out;
}

std::vector<std::string> box_items() {
  std::vector<std::string> out;
  for (const Item& i : items())
    if (i.of_box != nullptr) out.push_back(i.words[0]);
  return out;
}

Result<tally::Attendance> read_attendance_table(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows,
                                                BoxNumbers boxes) {
  return AttendanceReader(scheme, stage, rows, boxes).run();
}

}  // namespace tuixuan::paper
