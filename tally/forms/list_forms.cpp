// 推荐结果汇总表, 公示: recommendations of several chambers side by side (N-1 to N-6), and what is posted for the
// people.
#include <algorithm>

#include "tally/count/outcome.h"
#include "tally/count/reasons.h"
#include "tally/forms/build.h"

namespace tuixuan::forms {
namespace {

using tally::CombinationRule;
using tally::ContestResult;
using Look = Paragraph::Look;

const tally::Combination& combination_of(const FormData& data) {
  if (const auto* c = data.scheme.combination(data.proposal->result.combination)) return *c;
  bug("a proposal that check_data did not see");
}

const scheme::Report& report_of(const FormData& data, const ContestId& contest) {
  for (const scheme::Report& report : data.sources)
    if (find_result(report, contest) != nullptr) return report;
  bug("a source that check_data did not see");
}

Text chamber_of(const tally::Scheme& scheme, const StageId& id) {
  const tally::Stage* stage = scheme.stage(id);
  const tally::Box* box = stage != nullptr && !stage->boxes.empty() ? scheme.box(stage->boxes[0]) : nullptr;
  const tally::Chamber* chamber = box != nullptr ? scheme.chamber(box->chamber) : nullptr;
  return chamber != nullptr ? chamber->title : Text{};
}

Text source_title(const FormData& data, const tally::Combination& c, std::size_t i) {
  const Text chamber = chamber_of(data.scheme, report_of(data, c.sources[i].contest).stage);
  const auto same = [&](const tally::Source& s) {
    return chamber_of(data.scheme, report_of(data, s.contest).stage).zh == chamber.zh;
  };
  if (chamber.zh.empty() || std::count_if(c.sources.begin(), c.sources.end(), same) > 1)
    return data.scheme.contest(c.sources[i].contest)->title;
  return chamber;
}

Table sources_table(const FormData& data, const tally::Combination& c) {
  Table table{"sources",
              {{{"推荐方", "chamber"}, 40, true, {}},
               {{"应到", "expected"}, 20, false, {}},
               {{"实到", "present"}, 20, false, {}},
               {{"发出", "issued"}, 20, false, {}},
               {{"收回", "returned"}, 20, false, {}},
               {{"有效", "valid"}, 20, false, {}},
               {{"无效", "invalid"}, 20, false, {}},
               {{"权重", "weight"}, 20, false, {}}},
              {}};
  for (std::size_t i = 0; i < c.sources.size(); ++i) {
    const scheme::Report& report = report_of(data, c.sources[i].contest);
    const ContestResult& result = *find_result(report, c.sources[i].contest);
    table.rows.push_back({{source_title(data, c, i), {}, {}, false},
                          count_of(report.numbers.expected),
                          count_of(report.numbers.present),
                          count_of(report.numbers.issued),
                          count_of(result.ballots),
                          count_of(result.valid),
                          count_of(result.invalid),
                          plain(c.sources[i].weight > 0 ? number(c.sources[i].weight) + "%" : "—")});
  }
  return table;
}

Table combined_table(const FormData& data, const tally::Combination& c) {
  const bool points = c.superior_weight > 0 || c.bonus > 0;
  const bool rating = c.rule == CombinationRule::composite;
  Table table{"persons", {{{"名次", "place"}, 12, false, {}}, {{"姓名", "name"}, 34, true, {}}}, {}};
  for (std::size_t i = 0; i < c.sources.size(); ++i) {
    const Text title = source_title(data, c, i);
    table.columns.push_back({{title.zh + (rating ? "得分" : "得票"), title.en},
                             c.sources.size() > 3 ? 16.0 : 22.0,
                             false,
                             rating ? Text{} : Text{title.zh + "得票率", title.en + " rate"}});
  }
  if (points)
    table.columns.push_back({c.bonus > 0 ? Text{"加分", "bonus"} : Text{"上级推荐", "superior"}, 20, false, {}});
  if (tally::is_scored(c.rule)) table.columns.push_back({{"综合得分", "score"}, 20, false, {}});
  table.columns.push_back({{"结果", "outcome"}, 22, false, {}});
  table.columns.push_back({{"理由", "reason"}, 42, true, {}});
  for (const tally::CombinedPerson& p : data.proposal->result.persons) {
    std::vector<Field> row{plain(p.place > 0 ? number(p.place) : "—"), plain(p.name)};
    for (const tally::InSource& source : p.sources)
      row.push_back(rating ? plain(tally::decimal(source.rate))
                           : Field{{number(source.votes), {}}, percent(source.rate), {}, false});
    if (points) row.push_back(count_of(p.points));
    if (tally::is_scored(c.rule)) row.push_back({{tally::decimal(p.score), {}}, {}, {}, true});
    row.push_back({rating ? Text{"列入排名", "ranked"} : tally::word(p.proposal), {}, {}, true});
    row.push_back({tally::sentence(p.reason), {}, {}, false});
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_proposal(Sheet& sheet, const FormData& data) {
  const tally::Combination& c = combination_of(data);
  const Text rule = tally::word(c.rule);
  sheet.blocks.emplace_back(sources_table(data, c));
  std::string zh = "汇总办法：" + rule.zh;
  if (c.superior_weight > 0) zh += "；上级党组织推荐占 " + number(c.superior_weight) + "%";
  if (c.bonus > 0) zh += "；加分最多 " + number(c.bonus) + " 分";
  zh += c.keep > 0 ? "；取前 " + number(c.keep) + " 名" : "；符合条件的全部列入";
  sheet.blocks.emplace_back(Paragraph{{zh + "。", "Rule: " + rule.en}, Look::body});
  sheet.blocks.emplace_back(combined_table(data, c));
}

void add_single(Sheet& sheet, const FormData& data, const ContestResult& result) {
  const tally::Contest& contest = *data.scheme.contest(result.contest);
  add_contest_facts(sheet, contest, result);
  Table table{result.contest.name,
              {{{"名次", "place"}, 16, false, {}},
               {{"姓名", "name"}, 44, true, {"备注", "note"}},
               {{"得票", "votes"}, 20, false, {}},
               {{"得票率", "rate"}, 24, false, {}},
               {{"结果", "outcome"}, 28, false, {}},
               {{"理由", "reason"}, 48, true, {}}},
              {}};
  const std::vector<std::size_t> order = tally::ranking(result);
  std::size_t place = 1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const tally::PersonResult& p = result.persons[order[i]];
    if (i > 0 && p.approve != result.persons[order[i - 1]].approve) place = i + 1;
    table.rows.push_back({count_of(place),
                          {{p.name, {}}, p.number > 0 ? p.note : remark_of(contest, p).zh, {}, false},
                          count_of(p.approve),
                          plain(percent(p.approve, result.base)),
                          {tally::outcome_of(p, contest), {}, {}, true},
                          {tally::sentence(p.reason), {}, {}, false}});
  }
  sheet.blocks.emplace_back(std::move(table));
}

}  // namespace

Sheet recommendation_sheet(const FormData& data) {
  const tally::Stage& stage = stage_of(data);
  const Text title = title_of(tally::FormKind::recommendation, tally::Kind::recommendation);
  Sheet sheet;
  if (data.proposal) {
    sheet.blocks.emplace_back(Head{title, combination_of(data).title});
    add_proposal(sheet, data);
  } else {
    sheet.blocks.emplace_back(Head{title, stage.title});
    add_numbers(sheet, data);
    for (const ContestResult& result : data.report->contests) add_single(sheet, data, result);
  }
  sheet.blocks.emplace_back(
      Paragraph{{"推荐结果不等于候选人名单，由上级党组织考察后决定。",
                 "A recommendation is not a list of candidates: the superior body examines and decides."},
                Look::small});
  sheet.blocks.emplace_back(counting_signatures());
  return sheet;
}

Sheet notice_sheet(const FormData& data) {
  const Notice& n = *data.notice;
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(tally::FormKind::notice, tally::Kind::election), n.title, true});
  if (!n.text.empty()) sheet.blocks.emplace_back(Paragraph{{n.text, {}}, Look::opening});
  Table table{
      "persons",
      {{{"序号", "no."}, 14, false, {}}, {{"姓名", "name"}, 46, true, {}}, {{"基本情况", "basic data"}, 120, true, {}}},
      {}};
  for (std::size_t i = 0; i < n.persons.size(); ++i)
    table.rows.push_back({count_of(i + 1), plain(n.persons[i].name), plain(n.persons[i].data)});
  sheet.blocks.emplace_back(std::move(table));
  sheet.blocks.emplace_back(
      Paragraph{{"公示时间：" + date_zh(n.from) + "至" + date_zh(n.to) + "。", "Posted from " + n.from + " to " + n.to},
                Look::opening});
  sheet.blocks.emplace_back(
      Paragraph{{"公示期间如有意见，请以书面、电话或当面方式向下列单位反映。联系方式：" + n.contact,
                 "Objections within this time, in writing, by telephone or in person: " + n.contact},
                Look::opening});
  sheet.blocks.emplace_back(Signatures{{}, true, n.issuer.empty() ? data.scheme.congress.body.zh : n.issuer});
  return sheet;
}

}  // namespace tuixuan::forms
