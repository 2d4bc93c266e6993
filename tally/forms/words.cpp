#include <algorithm>
#include <array>

#include "tally/count/reasons.h"
#include "tally/forms/build.h"

namespace tuixuan::forms {

std::string number(std::uint64_t n) { return std::to_string(n); }
Field plain(std::string text) { return {{std::move(text), {}}, {}, {}, false}; }
Field count_of(std::uint64_t n) { return plain(number(n)); }

std::string percent(const tally::Fraction& rate) { return tally::decimal(rate, 100) + "%"; }
std::string percent(std::uint64_t part, std::uint64_t whole) { return percent(tally::fraction(part, whole)); }

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}

std::string date_zh(const std::string& iso) {
  if (iso.size() != 10) return iso;
  const auto part = [&](std::size_t at) { return iso.substr(iso[at] == '0' ? at + 1 : at, iso[at] == '0' ? 1 : 2); };
  return iso.substr(0, 4) + "年" + part(5) + "月" + part(8) + "日";
}

Text fraction_words(const tally::Threshold& t) {
  static constexpr std::array kDigits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  const auto word = [](std::uint32_t n) { return n < kDigits.size() ? std::string(kDigits[n]) : number(n); };
  const bool least = t.comparison == tally::Comparison::at_least;
  const std::string fraction = t.num == 1 && t.den == 2 ? "半数" : word(t.den) + "分之" + word(t.num);
  return {(least ? "不少于" : "超过") + fraction,
          (least ? "at least " : "more than ") + number(t.num) + "/" + number(t.den)};
}

bool of_villagers(const tally::Stage& stage) { return stage.quorum.base == tally::Base::registered; }

std::string or_line(std::uint64_t n, bool given) { return given ? number(n) : "______"; }

Text remark_of(const tally::Contest& c, const tally::PersonResult& p) {
  if (p.cascaded > 0)
    return p.cascaded == p.approve ? Text{"高职务票兼计", "votes for a higher office"}
                                   : Text{"另选他人（含高职务票兼计）", "write-in, with votes for a higher office"};
  return c.kind == tally::Kind::recommendation ? Text{"其他推荐人选", "write-in"} : Text{"另选他人", "write-in"};
}

Text needed_words(const tally::Contest& c, const tally::ContestResult& r) {
  const Text base = tally::word(c.majority.base);
  if (c.majority.num == 0)
    return c.kind == tally::Kind::recommendation
               ? Text{"不设过半数要求，按得票多少排列。", "No majority is asked; people are ranked by their votes."}
               : Text{"不要求过半数，得票多的当选。", "No majority is asked: the most votes win."};
  const Text words = fraction_words(c.majority);
  return {c.answers.approve.label.zh + "票须" + words.zh + "；计算基数：" + base.zh + " " + number(r.base) +
              "，即至少 " + number(r.need) + " 票。",
          "Votes needed: " + words.en + " of " + base.en + " (" + number(r.base) + ")"};
}

std::string name_of(const tally::PersonResult& person) { return tally::label(person.name, person.note); }

bool any(const tally::ContestResult& result, std::uint64_t tally::PersonResult::*member) {
  return std::any_of(result.persons.begin(), result.persons.end(), [&](const auto& p) { return p.*member > 0; });
}

const tally::Stage& stage_of(const FormData& data) {
  const tally::Stage* found = data.scheme.stage(data.stage);
  if (found == nullptr) bug("a form of a stage that check_data did not see");
  return *found;
}

const tally::ContestResult* find_result(const scheme::Report& report, const ContestId& id) {
  const auto found =
      std::find_if(report.contests.begin(), report.contests.end(), [&](const auto& r) { return r.contest == id; });
  return found == report.contests.end() ? nullptr : &*found;
}

Text title_of_box(const tally::Scheme& scheme, const BoxId& id) {
  const tally::Box* box = scheme.box(id);
  return box != nullptr ? box->title : Text{id.name, {}};
}

Signatures counting_signatures() {
  return {{{"总监票人", "Chief supervisor"}, {"监票人", "Supervisors"}, {"计票人", "Counters"}}, false, {}};
}

Text title_of(tally::FormKind form, tally::Kind kind) {
  using tally::FormKind;
  switch (form) {
    case FormKind::attendance:
      return {"清点到会人数报告单", "Report of attendance"};
    case FormKind::papers:
      return {"选票领发和收回情况报告单", "Account of the ballots"};
    case FormKind::tally_sheet:
      return {"计票单", "Tally sheet"};
    case FormKind::tally_summary:
      return {"计票汇总单", "Tally summary"};
    case FormKind::invalid:
      return {"无效票登记表", "Register of invalid ballots"};
    case FormKind::elected:
      if (kind == tally::Kind::preelection) return {"正式候选人名单", "Nominated in the pre-election"};
      return {"当选人名单", "The elected"};
    case FormKind::decision:
      return {"票决情况报告单", "Report of a decision by ballot"};
    case FormKind::rating:
      return {"测评结果汇总表", "Summary of ratings"};
    case FormKind::recommendation:
      return {"推荐结果汇总表", "Summary of recommendations"};
    case FormKind::notice:
      return {"公　示", "Public notice"};
    case FormKind::report:
      break;
  }
  switch (kind) {
    case tally::Kind::election:
      return {"选举结果报告单", "Report of the election"};
    case tally::Kind::preelection:
      return {"预选结果报告单", "Report of the pre-election"};
    case tally::Kind::recommendation:
      return title_of(FormKind::recommendation, kind);
    case tally::Kind::decision:
      return title_of(FormKind::decision, kind);
    case tally::Kind::rating:
      return title_of(FormKind::rating, kind);
  }
  bug("no such kind");
}

}  // namespace tuixuan::forms
