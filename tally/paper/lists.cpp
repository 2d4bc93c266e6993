#include "tally/paper/lists.h"

#include "crypto/codes/documents.h"
#include "tally/names/names.h"
#include "tally/table/fold.h"
#include "tally/table/headings.h"

namespace tuixuan::paper {

using table::Heading;

namespace {

constexpr std::size_t kMaxSpellings = 10'000;
constexpr std::size_t kMaxPoints = 500;
constexpr std::size_t kMaxNames = 10'000;
constexpr std::size_t kMaxKeys = 10'000;
constexpr std::uint64_t kMostPoints = 100;

// A table of which each row has these columns and no other.
class List {
 public:
  List(Table& rows, std::vector<Heading> headings, Code check)
      : table_(rows), headings_(std::move(headings)), check_(check) {}

  Result<void> begin() {
    TUIXUAN_TRY(at, table::find_columns(table_, headings_, table::OtherColumns::refused, table::BlankRows::noted,
                                        table::SumRows::unchecked, check_));
    at_ = std::move(at);
    return {};
  }
  const std::string& cell(std::size_t heading) const {
    static const std::string kNone;
    return at_[heading] ? table_.cells()[*at_[heading]] : kNone;
  }
  tl::unexpected<Error> no(std::size_t heading, const std::string& zh, const std::string& en) const {
    return refuse(check_, table_.row(), at_[heading] ? *at_[heading] + 1 : 0, zh, en);
  }
  Result<std::string> name(std::size_t heading, std::size_t bytes) const {
    auto tidy = tally::tidy_name(cell(heading), bytes);
    if (!tidy) return no(heading, "“" + cell(heading) + "”不能作为姓名", tidy.error().what);
    return std::move(*tidy);
  }

 private:
  Table& table_;
  std::vector<Heading> headings_;
  Code check_;
  std::vector<std::optional<std::size_t>> at_;
};

}  // namespace

Result<Spellings> read_spellings(Table& rows) {
  List list(rows, {{"写法", {"票上写法"}, "票上的写法", true, true}, {"姓名", {}, "所指的姓名", true, true}},
            code::paper::spelling);
  TUIXUAN_CHECK(list.begin());
  Spellings out;
  for (;;) {
    TUIXUAN_TRY(more, rows.record());
    if (!more) return out;
    TUIXUAN_TRY(spelling, list.name(0, 90));
    TUIXUAN_TRY(name, list.name(1, 90));
    if (out.size() == kMaxSpellings) return list.no(0, "写法过多", "too many spellings");
    if (spelling == name) return list.no(0, "写法与姓名相同", "the spelling is the name itself");
    if (!out.emplace(spelling, name).second)
      return list.no(0, "“" + spelling + "”列了两次", "\"" + spelling + "\" is listed twice");
  }
}

Result<std::vector<tally::Points>> read_points(Table& rows) {
  List list(rows,
            {{"姓名", {}, "姓名", true, true}, {"分数", {"推荐分", "加分", "得分"}, "0 至 100 的分数", true, false}},
            code::paper::points);
  TUIXUAN_CHECK(list.begin());
  std::vector<tally::Points> out;
  std::map<std::string, std::string> seen;
  for (;;) {
    TUIXUAN_TRY(more, rows.record());
    if (!more) return out;
    TUIXUAN_TRY(name, list.name(0, 300));
    const auto points = table::number_of(list.cell(1));
    if (!points || *points > kMostPoints)
      return list.no(1, "“" + list.cell(1) + "”不是 0 至 100 的整数分数",
                     "\"" + list.cell(1) + "\" is no whole number of points from 0 to 100");
    const auto [it, added] = seen.emplace(tally::spelling_key(name), name);
    if (!added)
      return list.no(0, "“" + name + "”与前面的“" + it->second + "”是同一人", "\"" + name + "\" is there already");
    if (out.size() == kMaxPoints) return list.no(0, "人数过多", "too many people");
    out.push_back({std::move(name), *points});
  }
}

Result<std::vector<NamedRow>> read_names(Table& rows) {
  List list(rows,
            {{"姓名", {"候选人", "候选人姓名"}, "姓名", true, true},
             {"区分", {"说明", "备注"}, "姓名后的说明", false, false},
             {"选举项目", {"项目", "职务"}, "选举项目", false, false},
             {"序号", {"编号"}, "序号（不读）", false, false}},
            code::paper::names);
  TUIXUAN_CHECK(list.begin());
  std::vector<NamedRow> out;
  for (;;) {
    TUIXUAN_TRY(more, rows.record());
    if (!more) return out;
    TUIXUAN_TRY(name, list.name(0, 300));
    if (out.size() == kMaxNames) return list.no(0, "人数过多", "too many people");
    out.push_back({rows.row(), list.cell(2), std::move(name), list.cell(1)});
  }
}

Result<std::vector<KeyRow>> read_keys(Table& rows) {
  List list(rows,
            {{"谁", {"姓名", "编号", "who"}, "谁", true, true},
             {"公钥", {"密钥", "公钥（64位）", "key"}, "公钥", true, true}},
            code::paper::keys);
  TUIXUAN_CHECK(list.begin());
  std::vector<KeyRow> out;
  for (;;) {
    TUIXUAN_TRY(more, rows.record());
    if (!more) return out;
    if (list.cell(0).empty()) return list.no(0, "没有写是谁的公钥", "it does not say whose key this is");
    if (list.cell(1).empty()) return list.no(1, "没有公钥", "there is no key");
    if (out.size() == kMaxKeys) return list.no(0, "公钥过多", "too many keys");
    out.push_back({rows.row(), list.cell(0), list.cell(1)});
  }
}

}  // namespace tuixuan::paper
