// 到会人数报告, 选票领发和收回情况报告单: the numbers of rules, V-1 to V-5.
#include <algorithm>

#include "crypto/codes/documents.h"
#include "tally/count/reasons.h"
#include "tally/forms/build.h"

namespace tuixuan::forms {
namespace {

using tally::Attendance;
using tally::BoxPapers;
using Look = Paragraph::Look;

void add_imbalances(Sheet& sheet, const tally::Scheme& scheme, const std::vector<tally::Imbalance>& all) {
  for (const tally::Imbalance& wrong : all) {
    Text text = wrong.what;
    if (!wrong.box.name.empty()) text.zh = title_of_box(scheme, wrong.box).zh + "：" + text.zh;
    sheet.blocks.emplace_back(Paragraph{{"数字不符：" + text.zh, "Does not balance: " + text.en}, Look::strong});
  }
}

// Villagers are registered for the election; members of the Party have or lack the vote.
void add_rights(Sheet& sheet, const tally::Stage& stage, const Attendance& a) {
  if (of_villagers(stage)) {
    sheet.blocks.emplace_back(
        Facts{{"registered", {"登记参加选举的村民", "registered for the election"}, number(a.registered)}});
    return;
  }
  sheet.blocks.emplace_back(Facts{{"registered", {"总数", "on the roll"}, number(a.registered)},
                                  {"probationary", {"预备党员", "probationary"}, number(a.probationary)},
                                  {"on_probation", {"留党察看", "on probation"}, number(a.on_probation)},
                                  {"suspended", {"中止权利", "suspended"}, number(a.suspended)},
                                  {"with_vote", {"有选举权", "with the vote"}, number(a.with_vote)}});
}

void add_excluded(Sheet& sheet, const Attendance& a) {
  if (a.excluded.empty()) return;
  sheet.blocks.emplace_back(Paragraph{{"不计算在应到会人数内的人员", "Left out of those expected"}, Look::heading});
  Table table{"excluded",
              {{{"原因", "ground"}, 70, true, {}},
               {{"人数", "persons"}, 18, false, {}},
               {{"上级党组织同意（文号）", "consent of the superior body"}, 62, true, {}},
               {{"大会表决同意", "votes of the meeting"}, 30, false, {}}},
              {}};
  for (const tally::ExcludedPersons& x : a.excluded)
    table.rows.push_back({plain(x.ground), count_of(x.persons), plain(x.consent), count_of(x.votes_for)});
  sheet.blocks.emplace_back(std::move(table));
}

void add_absent(Sheet& sheet, const Attendance& a) {
  if (a.absent.empty()) return;
  sheet.blocks.emplace_back(Paragraph{{"缺席人员", "Absent"}, Look::heading});
  Table table{"absent", {{{"缺席原因", "reason"}, 140, true, {}}, {{"人数", "persons"}, 40, false, {}}}, {}};
  for (const tally::AbsentPersons& x : a.absent) table.rows.push_back({plain(x.reason), count_of(x.persons)});
  sheet.blocks.emplace_back(std::move(table));
}

void add_quorum(Sheet& sheet, const tally::Stage& stage, const Attendance& a) {
  const std::uint64_t people = tally::taking_part(stage, a);
  if (stage.quorum.num == 0) {
    sheet.blocks.emplace_back(
        Paragraph{{"对到会人数没有最低要求。", "No least number of people is asked."}, Look::strong});
    return;
  }
  const std::uint64_t base = tally::base_of(stage.quorum.base, tally::numbers_of(a), 0);
  const std::uint64_t need = tally::need(stage.quorum, base);
  const bool met = people >= need;
  const bool village = of_villagers(stage);
  const Text words = fraction_words(stage.quorum);
  const Text of = tally::word(stage.quorum.base);
  const std::string who = village ? "参加投票" : "实到会";
  const std::string by_proxy = people > a.present ? "（其中委托 " + number(people - a.present) + " 人）" : "";
  sheet.blocks.emplace_back(
      Paragraph{{"按照规定，" + who + "人数须" + words.zh + "（" + of.zh + "）。" + (village ? "登记 " : "应到会 ") +
                     number(base) + " 人，至少须" + (village ? " " : "到会 ") + number(need) + " 人，" + who + " " +
                     number(people) + " 人" + by_proxy + "，" +
                     (met ? "符合规定，可以进行投票。" : "未达到规定人数，不能进行投票。"),
                 "Present must be " + words.en + " of " + of.en + ": at least " + number(need) + "; " + number(people) +
                     " take part: " + (met ? "the vote may be held." : "the vote may not be held.")},
                Look::strong});
}

Table issue_table(const tally::Scheme& scheme, const Attendance& a) {
  Table table{"issued",
              {{{"票箱（会场）", "box"}, 45, true, {}},
               {{"实到会", "present"}, 22, false, {}},
               {{"领取选票", "drawn"}, 24, false, {}},
               {{"发出选票", "issued"}, 24, false, {}},
               {{"作废换发", "replaced"}, 24, false, {}},
               {{"剩余选票", "left"}, 24, false, {}}},
              {}};
  BoxPapers sum;
  for (const BoxPapers& b : a.boxes) {
    table.rows.push_back({{title_of_box(scheme, b.box), {}, {}, false},
                          count_of(b.present),
                          count_of(b.drawn),
                          count_of(b.issued),
                          count_of(b.spoiled),
                          count_of(b.left)});
    sum.present += b.present, sum.drawn += b.drawn, sum.issued += b.issued, sum.spoiled += b.spoiled,
        sum.left += b.left;
  }
  table.rows.push_back({{{"合计", "sum"}, {}, {}, true},
                        count_of(sum.present),
                        count_of(sum.drawn),
                        count_of(sum.issued),
                        count_of(sum.spoiled),
                        count_of(sum.left)});
  return table;
}

Table return_table(const tally::Scheme& scheme, const Attendance& a, bool by_issued) {
  Table table{"returned",
              {{{"票箱（会场）", "box"}, 55, true, {}},
               {{"发出选票", "issued"}, 30, false, {}},
               {{"投票人数", "voters"}, 30, false, {}},
               {{"收回选票", "returned"}, 30, false, {}},
               {{"核对", "check"}, 35, false, {}}},
              {}};
  BoxPapers sum;
  const auto fits = [&](const BoxPapers& b) -> Field {
    const bool good = b.returned <= (by_issued ? b.issued : b.voters);
    if (good && b.returned > b.voters)
      return {{"多于投票人数，须查明", "more than voted"}, {}, {}, true};  // valid by V-2, and yet not in order
    return {
        good ? Text{"相符", "in order"} : Text{"收回多于" + std::string(by_issued ? "发出" : "投票人数"), "too many"},
        {},
        {},
        !good};
  };
  for (const BoxPapers& b : a.boxes) {
    table.rows.push_back({{title_of_box(scheme, b.box), {}, {}, false},
                          count_of(b.issued),
                          count_of(b.voters),
                          count_of(b.returned),
                          fits(b)});
    sum.issued += b.issued, sum.voters += b.voters, sum.returned += b.returned;
  }
  table.rows.push_back(
      {{{"合计", "sum"}, {}, {}, true}, count_of(sum.issued), count_of(sum.voters), count_of(sum.returned), fits(sum)});
  return table;
}

Paragraph return_words(const FormData& data, bool by_issued, bool balanced) {
  const tally::Numbers n = tally::numbers_of(*data.attendance);
  const std::uint64_t limit = by_issued ? n.issued : n.voters;
  const std::string than = by_issued ? "发出选票数" : "投票人数";
  const std::string numbers = "共发出选票 " + number(n.issued) + " 张，投票 " + number(n.voters) + " 人，收回选票 " +
                              number(n.returned) + " 张。";
  if (n.returned > limit)
    return {{numbers + "收回的选票多于" + than + "，本次投票无效，应重新投票。",
             "More ballots were returned than there may be: the vote is not valid and is held again."},
            Look::strong};
  if (!balanced)
    return {{numbers + "数字尚有不符，查明之前不得宣布投票有效。",
             "Some numbers do not balance: the vote is not to be declared valid before they do."},
            Look::strong};
  if (n.returned > n.voters)
    return {{numbers + "收回的选票不多于" + than + "，按选举办法投票有效；但多于投票人数 " +
                 number(n.returned - n.voters) + " 张，须查明原因并记录在案。",
             "Not more than were issued, so the vote is valid; yet more than people voted: find out why and write it "
             "down."},
            Look::strong};
  return {{numbers + "收回的选票" + (n.returned < limit ? "少于" : "等于") + than + "，本次投票有效。",
           "No more ballots were returned than there may be: the vote is valid."},
          Look::strong};
}

bool is_of_registered(const FormData& data) {
  return std::any_of(data.report->contests.begin(), data.report->contests.end(), [&](const auto& result) {
    const tally::Contest& contest = *data.scheme.contest(result.contest);
    return contest.majority.base == tally::Base::registered ||
           (contest.turnout && contest.turnout->base == tally::Base::registered);
  });
}

}  // namespace

void add_numbers(Sheet& sheet, const FormData& data) {
  const tally::Numbers& n = data.report->numbers;
  Facts facts;
  const bool village = of_villagers(stage_of(data));
  const bool known = n.registered + n.expected + n.present > 0;  // else nobody said: a line to write on
  if (is_of_registered(data) || village)
    facts.push_back({"registered", {"登记参加选举", "registered"}, or_line(n.registered, known)});
  if (!village) {
    facts.push_back({"expected", {"应到会", "expected"}, or_line(n.expected, known)});
    facts.push_back({"present", {"实到会", "present"}, or_line(n.present, known)});
  }
  facts.push_back({"issued", {"发出选票", "issued"}, number(n.issued)});
  facts.push_back({"voters", village ? Text{"参加投票", "voters"} : Text{"投票人数", "voters"}, number(n.voters)});
  facts.push_back({"returned", {"收回选票", "returned"}, number(n.returned)});
  sheet.blocks.emplace_back(std::move(facts));
}

Sheet attendance_sheet(const FormData& data) {
  const Attendance& a = *data.attendance;
  const tally::Stage& stage = stage_of(data);
  std::uint64_t excluded = 0;
  for (const tally::ExcludedPersons& x : a.excluded) excluded += x.persons;
  const std::uint64_t absent = a.expected - std::min(a.expected, tally::taking_part(stage, a));
  const std::uint64_t proxies = tally::taking_part(stage, a) - a.present;
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(tally::FormKind::attendance, stage.kind), stage.title});
  add_rights(sheet, stage, a);
  const bool village = of_villagers(stage);
  Facts facts;
  if (!village) {
    facts.push_back({"excluded", {"不计入应到会", "left out"}, number(excluded)});
    facts.push_back({"expected", {"应到会", "expected"}, number(a.expected)});
  }
  facts.push_back(
      {"present", village ? Text{"到场投票", "came to vote"} : Text{"实到会", "present"}, number(a.present)});
  if (stage.proxies > 0) facts.push_back({"proxies", {"委托投票", "by proxy"}, number(proxies)});
  facts.push_back(
      {"absent", village ? Text{"未参加投票", "did not take part"} : Text{"缺席", "absent"}, number(absent)});
  facts.push_back({"rate", village ? Text{"参加率", "rate"} : Text{"到会率", "rate"},
                   percent(tally::taking_part(stage, a), a.expected)});
  sheet.blocks.emplace_back(std::move(facts));
  add_excluded(sheet, a);
  add_absent(sheet, a);
  add_quorum(sheet, stage, a);
  add_imbalances(sheet, data.scheme, tally::roll_imbalances(data.scheme, stage, a));
  sheet.blocks.emplace_back(
      Signatures{{{"清点人", "Counted by"}, {"监票人", "Supervisors"}, {"主持人", "Chair"}}, false, {}});
  return sheet;
}

Sheet papers_sheet(const FormData& data) {
  const Attendance& a = *data.attendance;
  const tally::Stage& stage = stage_of(data);
  const bool by_issued = !stage.contests.empty() && data.scheme.contest(stage.contests[0]) != nullptr &&
                         data.scheme.contest(stage.contests[0])->return_check == tally::ReturnCheck::issued;
  std::vector<tally::Imbalance> wrong = tally::imbalances(data.scheme, stage, a);
  std::uint64_t at_boxes = 0;
  for (const BoxPapers& b : a.boxes) at_boxes += b.present;
  const bool some_took_none = at_boxes < a.present;  // nobody has to vote
  std::erase_if(wrong, [&](const auto& w) {
    return w.code.area() != tuixuan::Area::box || (w.code == code::box::present && some_took_none);
  });
  std::vector<tally::Imbalance> on_return;
  std::copy_if(wrong.begin(), wrong.end(), std::back_inserter(on_return),
               [](const auto& w) { return w.code == code::box::voters || w.code == code::box::returned; });
  const bool balanced = wrong.empty();
  std::erase_if(wrong, [](const auto& w) { return w.code == code::box::voters || w.code == code::box::returned; });

  Sheet sheet;
  sheet.blocks.emplace_back(Head{{"选票领发情况报告单", "Ballots drawn and issued"}, stage.title});
  sheet.blocks.emplace_back(issue_table(data.scheme, a));
  if (some_took_none)
    sheet.blocks.emplace_back(
        Paragraph{{"实到会 " + number(a.present) + " 人，其中到票箱领票 " + number(at_boxes) + " 人。",
                   number(at_boxes) + " of the " + number(a.present) + " present came to the boxes."},
                  Look::body});
  add_imbalances(sheet, data.scheme, wrong);
  sheet.blocks.emplace_back(Paragraph{{"领取的选票应等于发出、作废换发与剩余之和；发出的选票不得多于实到会人数。",
                                       "Drawn is the sum of issued, replaced and left; issued is not above present."},
                                      Look::small});
  sheet.blocks.emplace_back(Lines{{"剩余、作废选票的处理", "What was done with ballots left and replaced"}, 2});
  sheet.blocks.emplace_back(
      Signatures{{{"领票人", "Drawn by"}, {"发票人", "Issued by"}, {"监票人", "Supervisors"}}, false, {}});
  sheet.blocks.emplace_back(Head{{"选票收回情况报告单", "Ballots returned"}, stage.title});
  sheet.blocks.emplace_back(return_table(data.scheme, a, by_issued));
  add_imbalances(sheet, data.scheme, on_return);
  sheet.blocks.emplace_back(return_words(data, by_issued, balanced));
  sheet.blocks.emplace_back(counting_signatures());
  return sheet;
}

}  // namespace tuixuan::forms
