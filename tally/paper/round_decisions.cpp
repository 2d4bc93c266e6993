// The table of signed decisions, and whether two typists say the same.
#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/paper/rounds.h"

namespace tuixuan::paper {

std::vector<std::string> names_in(const std::string& names) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t end = std::min(names.find("、", at), names.size());
    if (end > at) out.push_back(names.substr(at, end - at));
    at = end + std::string_view("、").size();
  }
  return out;
}

Result<std::vector<PaperDecision>> read_decisions(Table& table) {
  static const std::vector<std::string> kHead{"项目", "决定", "内容", "票数", "依据", "签署人"};
  static const std::vector<std::pair<std::string, DecisionKind>> kKinds{{"确认基数", DecisionKind::base},
                                                                        {"减少名额", DecisionKind::cut_seats},
                                                                        {"上级决定", DecisionKind::tie},
                                                                        {"退出", DecisionKind::withdrawn},
                                                                        {"重新投票", DecisionKind::repeat}};
  std::vector<PaperDecision> out;
  std::vector<std::string> cells;
  TUIXUAN_TRY(header, table.next(cells));
  if (!header || cells != kHead)
    return fail(code::decision::form,
                "第一行应为“项目,决定,内容,票数,依据,签署人” / the first line is 项目,决定,内容,票数,依据,签署人");
  for (;;) {
    TUIXUAN_TRY(more, table.next(cells));
    if (!more) return out;
    const auto bad = [&](std::size_t column, const std::string& zh, const std::string& en) {
      return refuse(code::decision::form, table.row(), column, zh, en);
    };
    if (cells.size() != kHead.size()) return bad(0, "每行应有六格", "six cells a row");
    PaperDecision d;
    d.contest = ContestId{cells[0]};
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == cells[1]; });
    if (kind == kKinds.end())
      return bad(2, "“" + cells[1] + "”应为 确认基数、减少名额、上级决定、退出 或 重新投票",
                 "one of 确认基数 减少名额 上级决定 退出 重新投票");
    d.kind = kind->second;
    d.what = cells[2];
    const bool number = d.kind == DecisionKind::cut_seats;
    if (d.what.empty() != (d.kind == DecisionKind::repeat) ||
        (number && (d.what.size() > 3 || d.what.find_first_not_of("0123456789") != std::string::npos || d.what == "0")))
      return bad(3, "内容应为基数、减少的名额数或姓名（重新投票不写）", "a base, a number of seats, or names");
    if (cells[3].size() > 9 || cells[3].find_first_not_of("0123456789") != std::string::npos)
      return bad(4, "票数应为数字", "a number of votes");
    d.votes = cells[3].empty() ? 0 : std::stoull(cells[3]);
    d.reference = cells[4];
    d.signed_by = names_in(cells[5]);
    if (d.signed_by.size() < 2 || d.signed_by[0] == d.signed_by[1])
      return bad(6, "须有两名以上签署人，用“、”隔开", "two or more people signed, separated by 、");
    for (const PaperDecision& other : out)
      if (other.contest == d.contest && other.kind == d.kind)
        return bad(0, "同一决定列了两次", "this decision is there twice");
    out.push_back(std::move(d));
  }
}

Result<std::vector<PaperDecision>> typed_twice(std::vector<PaperDecision> first,
                                               const std::vector<PaperDecision>& second) {
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i)
    if (i >= first.size() || i >= second.size() || !(first[i] == second[i]))
      return fail(code::decision::differs,
                  "两人录入的决定在第 " + std::to_string(i + 2) +
                      " 行不同，请对照签字的决定改正 / the two tables of decisions differ in line " +
                      std::to_string(i + 2) + ": compare both with the signed paper");
  return first;
}

}  // namespace tuixuan::paper
