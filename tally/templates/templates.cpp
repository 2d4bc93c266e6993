#include "tally/templates/templates.h"

#include <map>

#include "tally/paper/attendance_table.h"
#include "tally/paper/ballot_columns.h"
#include "tally/paper/lists.h"
#include "tally/paper/roll.h"
#include "tally/templates/sheet.h"

namespace tuixuan::templates {

namespace {

std::vector<std::string> box_titles(const tally::Scheme& scheme, const tally::Stage& stage) {
  std::vector<std::string> out;
  for (const BoxId& id : stage.boxes)
    for (const tally::Box& b : scheme.boxes)
      if (b.id == id) out.push_back(b.title.zh);
  return out;
}

struct Words {
  std::string zh;
  std::string en;
  double width = 14;
  std::vector<std::string> choices;
};

template <class Sign>
std::vector<std::string> texts_of(const std::vector<Sign>& signs) {
  std::vector<std::string> out;
  for (const auto& s : signs) out.push_back(s.text);
  return out;
}

const char* kFooterNote =
    "表头不要改；可以在表头之上加标题，在表尾写合计、填表人。最后一行以下不要留空白票。 / Keep the heading; a title "
    "above it and "
    "a sum or a signature below the last row may be added.";

}  // namespace

Result<Bytes> roll(const tally::Scheme* scheme, const tally::Stage* stage) {
  const std::map<std::string, Words> words{
      {"姓名", {"必填。每人一行。", "Needed. One row a person.", 14, {}}},
      {"区分", {"同名的人，用来区分，如“东村”。", "Tells people of one name apart.", 12, {}}},
      {"公民身份号码",
       {"只用来查重，不保存。这一列已设为文本，不要改。",
        "Finds a person twice, is not kept. The column is text: keep it so.",
        24,
        {}}},
      {"人员类别",
       {"正式党员 或 预备党员；没有这一列的，都有选举权。",
        "正式党员 (full) or 预备党员 (probationary).",
        12,
        {"正式党员", "预备党员"}}},
      {"党籍状态",
       {"空着是正常。", "Empty: normal.", 12, {"正常", "留党察看", "停止党籍", "权利中止", "留置", "逮捕"}}},
      {"不计入原因",
       {"不计入应到会的原因；还须有上级同意和大会赞成票数。",
        "Ground for leaving the person out of the expected.",
        18,
        {}}},
      {"上级同意", {"上级党组织同意的文号。", "Reference of the consent.", 16, {}}},
      {"大会赞成", {"大会赞成的票数。", "Votes of the meeting for it.", 12, {}}},
      {"到会",
       {"到会写“是”；没有到会写“否”，或写请假、病假等。",
        "是 (came) or 否 (did not), or a usual reason.",
        10,
        {"是", "否"}}},
      {"缺席原因", {"没有到会的原因，随意写。", "Why the person did not come.", 18, {}}},
      {"票箱", {"在哪个票箱投票。", "Box where the person votes.", 14, {}}}};
  Template t{"党员（选民、代表）名册", "Roll", {}, {}, {kFooterNote}};
  for (const table::Heading& h : paper::roll_headings()) {
    if (h.word == "票箱" && (stage == nullptr || stage->boxes.size() < 2)) continue;
    const auto w = words.find(h.word);
    if (w == words.end()) bug("a column of the roll without its explanation");
    TemplateColumn c{h.word, w->second.zh, w->second.en, w->second.width, h.word == "公民身份号码", w->second.choices};
    if (h.word == "票箱") c.choices = box_titles(*scheme, *stage);
    t.columns.push_back(std::move(c));
  }
  return write_workbook(t);
}

Result<Bytes> attendance(const tally::Scheme& scheme, const tally::Stage& stage) {
  Template t{"到会情况（" + stage.title.zh + "）", "Numbers of the meeting", {}, {}, {kFooterNote}};
  const auto& h = paper::attendance_headings();
  std::vector<std::string> items = paper::attendance_items();
  const std::vector<std::string> of_box = paper::box_items();
  items.insert(items.end(), of_box.begin(), of_box.end());
  t.columns = {{h[0].word, "已列好；不计入应到会、缺席可以加行。",
                "Given; add rows of 不计入应到会 and 缺席 where there are several.", 16, false, items},
               {h[1].word, "票箱。", "Box.", 16, false, box_titles(scheme, stage)},
               {h[2].word, "人数或张数；没有的写 0 或空着。", "People or papers.", 10, false, {}},
               {h[3].word, "不计入应到会、缺席的原因。", "Ground or reason.", 24, false, {}},
               {h[4].word, "不计入应到会的才写。", "Only of 不计入应到会.", 18, false, {}},
               {h[5].word, "不计入应到会的才写。", "Only of 不计入应到会.", 14, false, {}}};
  for (const std::string& item : paper::attendance_items()) t.rows.push_back({item});
  for (const std::string& box : box_titles(scheme, stage))
    for (const std::string& item : of_box) t.rows.push_back({item, box});
  return write_workbook(t);
}

Result<Bytes> ballots(const tally::Scheme& scheme, const tally::Stage& stage) {
  TUIXUAN_TRY(columns, paper::BallotColumns::of(scheme, stage));
  Template t{"选票录入（" + stage.title.zh + "）", "Ballots of a stage, one row a paper", {}, {}, {kFooterNote}};
  t.columns.push_back({"序号",
                       "这张票在票箱中的序号，必须每张都写：全空的票也是一张票。",
                       "Number of the paper in its box: write it on every row, a blank paper is a paper.",
                       8,
                       false,
                       {}});
  if (stage.boxes.size() > 1) t.columns.push_back({"票箱", "票箱。", "Box.", 16, false, box_titles(scheme, stage)});
  for (const paper::ContestTable& c : columns.contests()) {
    const std::string lead = columns.contests().size() > 1 ? c.rules->id.name + "/" : "";
    const bool rated = c.rules->rating.has_value();
    for (const tally::Candidate& person : c.rules->candidates) {
      const std::string label = lead + tally::label(person.name, person.note);
      const auto choices = rated ? texts_of(c.grades) : texts_of(c.marks);
      const TemplateColumn column{label,
                                  "票上的符号，没有画的空着；认不出的写“?”。",
                                  "The sign on the paper; nothing if there is none; ? if nobody can make it out.",
                                  14,
                                  false,
                                  choices};
      if (!rated || c.rules->rating->items.size() == 1) {
        t.columns.push_back(column);
        continue;
      }
      for (const auto& item : c.rules->rating->items) {
        t.columns.push_back(column);
        t.columns.back().heading += "/" + item.title.zh;
      }
    }
    const bool under = c.rules->write_ins.rule == tally::WriteInRule::under_opposed;
    const char* zh = "另选他人的姓名，后面照票上写赞成的符号。";
    const char* en = "The name written in, with the sign of approval after it as on the paper.";
    if (under)
      for (const tally::Candidate& person : c.rules->candidates)
        t.columns.push_back({lead + "另选@" + tally::label(person.name, person.note), zh, en, 16, false, {}});
    else if (c.rules->write_ins.rule != tally::WriteInRule::none)
      for (std::uint32_t i = 1; i <= c.rules->write_ins.slots; ++i)
        t.columns.push_back({lead + "另选" + std::to_string(i), zh, en, 16, false, {}});
  }
  t.columns.push_back({"整票无效",
                       "有效的空着；无效的写原因：污损、无法辨认、多选……，其他原因写“无效：原因”。",
                       "Nothing if the paper is valid; else the reason.",
                       18,
                       false,
                       {}});
  return write_workbook(t);
}

Result<Bytes> points() {
  const Template t{"推荐分、加分",
                   "Points",
                   {{"姓名", "必填。", "Needed.", 14, false, {}},
                    {"分数", "0 至 100 的整数。", "Whole number from 0 to 100.", 10, false, {}}},
                   {},
                   {kFooterNote}};
  return write_workbook(t);
}

}  // namespace tuixuan::templates
