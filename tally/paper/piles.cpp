#include "tally/paper/piles.h"

#include <algorithm>
#include <map>

#include "crypto/codes/documents.h"
#include "tally/count/reasons.h"
#include "tally/names/names.h"
#include "tally/table/fold.h"
#include "tally/table/headings.h"

namespace tuixuan::paper {

namespace {

using tally::Contest;

constexpr std::uint64_t kMaxNumber = 0xffffffff;

enum class Head { box, contest, what, name, papers, oppose, abstain, postpone, unreadable, approve };
constexpr std::size_t kHeadCount = 10;

std::vector<table::Heading> headings(bool boxes, bool contests) {
  return {{"票箱", {}, "票箱", boxes, false},       {"选举项目", {"项目", "选举职务"}, "选举项目", contests, false},
          {"内容", {}, "这一行说什么", true, true}, {"姓名", {"姓名或原因"}, "姓名，或无效的原因", true, false},
          {"张数", {}, "张数", true, false},        {"不赞成", {"反对"}, "不赞成票", true, false},
          {"弃权", {}, "弃权票", true, false},      {"缓议", {}, "缓议", false, false},
          {"作废格", {}, "作废的格", false, false}, {"赞成", {}, "赞成票（核对）", false, false}};
}

bool same(const std::string& a, const std::string& b) { return !a.empty() && table::fold(a) == table::fold(b); }

std::string n(std::uint64_t value) { return std::to_string(value); }

// One pile as it fills up; `line` is where it began.
struct Filling {
  Pile pile;
  std::size_t line = 0;
  bool returned = false;
  bool blank = false;
  bool unmarked = false;
  std::vector<std::size_t> lines;                        // of the candidates; 0: not yet
  std::vector<std::optional<std::uint64_t>> by_strokes;  // their approvals as tallied
};

class Piles {
 public:
  Piles(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows)
      : scheme_(scheme), stage_(stage), table_(rows) {}

  Result<std::vector<Pile>> run() {
    for (const ContestId& id : stage_.contests) {
      const Contest* c = scheme_.contest(id);
      if (c == nullptr) return fail(code::paper::stage, "办法中没有 / not in the scheme: " + id.name);
      if (c->rating)
        return fail(code::paper::stage,
                    "测评票逐张录入，不能只录例外 / rating forms are entered one by one: " + id.name);
      contests_.push_back(c);
    }
    TUIXUAN_TRY(columns, table::find_columns(table_, headings(stage_.boxes.size() > 1, contests_.size() > 1),
                                             table::OtherColumns::refused, table::BlankRows::noted,
                                             table::SumRows::unchecked, code::paper::column));
    at_ = std::move(columns);
    for (;;) {
      TUIXUAN_TRY(more, table_.record());
      if (!more) break;
      TUIXUAN_CHECK(read_row());
    }
    return finished();
  }

 private:
  tl::unexpected<Error> no(Code check, const std::string& zh, const std::string& en) const {
    return refuse(check, table_.row(), 0, zh, en);
  }
  tl::unexpected<Error> no_at(Code check, Head head, const std::string& zh, const std::string& en) const {
    return refuse(check, table_.row(), *at_[static_cast<std::size_t>(head)] + 1, zh, en);
  }

  const std::string& cell(Head head) const {
    static const std::string kNone;
    const auto& at = at_[static_cast<std::size_t>(head)];
    return at ? table_.cells()[*at] : kNone;
  }

  Result<std::uint64_t> number(Head head, bool needed) const {
    const std::string& text = cell(head);
    if (text.empty() && !needed) return 0;
    const auto value = table::number_of(text);
    if (!value || *value > kMaxNumber)
      return no_at(code::paper::number, head, "“" + text + "”不是数字", "\"" + text + "\" is no number");
    return *value;
  }

  Result<Filling*> filling() {
    std::pair<std::size_t, std::size_t> key{0, 0};
    if (at_[static_cast<std::size_t>(Head::box)]) {
      const auto box = box_named(scheme_, stage_, cell(Head::box));
      if (!box)
        return no_at(code::paper::box, Head::box, "“" + cell(Head::box) + "”不是本环节的票箱",
                     "\"" + cell(Head::box) + "\" is no box of this stage");
      key.first = *box;
    }
    if (at_[static_cast<std::size_t>(Head::contest)]) {
      const std::string& name = cell(Head::contest);
      const auto it = std::find_if(contests_.begin(), contests_.end(), [&](const Contest* c) {
        return same(c->id.name, name) || same(c->title.zh, name) || same(c->title.en, name);
      });
      if (it == contests_.end())
        return no_at(code::paper::column, Head::contest, "“" + name + "”不是本环节的选举项目",
                     "\"" + name + "\" is no contest of this stage");
      key.second = static_cast<std::size_t>(it - contests_.begin());
    }
    Filling& f = piles_[key];
    if (f.line == 0) {
      f.line = table_.row();
      f.pile.box = key.first;
      f.pile.contest = key.second;
      const Contest& c = *contests_[key.second];
      for (const tally::Candidate& k : c.candidates)
        f.pile.totals.persons.push_back({tally::label(k.name, k.note), 0, 0, 0, 0, 0});
      f.lines.resize(c.candidates.size());
      f.by_strokes.resize(c.candidates.size());
    }
    return &f;
  }

  Result<void> read_row() {
    TUIXUAN_TRY(f, filling());
    const std::string what = table::fold(cell(Head::what));
    if (what == "候选人") return candidate(*f);
    for (const Head head : {Head::oppose, Head::abstain, Head::postpone, Head::unreadable, Head::approve})
      if (!cell(head).empty())
        return no_at(code::paper::row, head, "“" + what + "”一行只填张数", "a row of " + what + " has 张数 only");
    TUIXUAN_TRY(papers, number(Head::papers, true));
    if (what == "收回") return once(f->returned, f->pile.totals.ballots, papers);
    if (what == "空白") return once(f->blank, f->pile.totals.blank, papers);
    if (what == "未画符号" && tally::name_alone_counts(*contests_[f->pile.contest]))
      return no_at(code::paper::row, Head::what, "本项写了姓名即计票，不必画符号，请按姓名录入“另选”",
                   "here a written name counts without the sign: enter it by name, under 另选");
    if (what == "未画符号") return once(f->unmarked, f->pile.unmarked, papers);
    if (what == "无效") return invalid(*f, papers);
    if (what == "另选") return write_in(*f, papers);
    return no_at(code::paper::row, Head::what, "“" + what + "”应为 收回、空白、无效、候选人、另选 或 未画符号",
                 "\"" + what + "\" must be one of 收回 空白 无效 候选人 另选 未画符号");
  }

  Result<void> once(bool& there, std::uint64_t& to, std::uint64_t papers) const {
    if (there)
      return no(code::paper::twice, "“" + cell(Head::what) + "”在本票箱本项目中列了两次",
                cell(Head::what) + " is listed twice for this box and contest");
    there = true;
    to = papers;
    return {};
  }

  Result<void> invalid(Filling& f, std::uint64_t papers) {
    const std::string reason = tally::invalid_check(cell(Head::name));
    if (reason.empty())
      return no_at(code::paper::row, Head::name, "请在姓名一列写明无效的原因", "write the reason in the column 姓名");
    if (++written_ > kMaxWritten) return no(code::table::size, "行数过多", "too many rows");
    if (!f.pile.totals.invalid.emplace(reason, papers).second)
      return no(code::paper::twice, "无效原因“" + cell(Head::name) + "”列了两次", "this reason is listed twice");
    return {};
  }

  Result<void> write_in(Filling& f, std::uint64_t papers) {
    const Contest& c = *contests_[f.pile.contest];
    if (papers == 0)
      return no(code::paper::number, "一票也没有的，不必列出", "a name without a vote need not be listed");
    if (c.write_ins.rule == tally::WriteInRule::none)
      return no(code::paper::write_in, "本项不能另选他人", "nobody may be written in here");
    auto name = tally::tidy_name(cell(Head::name), c.write_ins.name_bytes);
    if (!name)
      return no_at(code::paper::write_in, Head::name, "“" + cell(Head::name) + "”不能作为姓名", name.error().what);
    if (++written_ > kMaxWritten) return no(code::table::size, "行数过多", "too many rows");
    const std::vector<tally::PersonTotals>& persons = f.pile.totals.persons;
    if (std::any_of(persons.begin(), persons.end(), [&](const auto& p) { return p.label == *name; }))
      return no(code::paper::twice, "“" + *name + "”是票上候选人，或列了两次",
                *name + " is on the ballot or is listed twice");
    f.pile.totals.persons.push_back({std::move(*name), papers, 0, 0, 0, 0});
    return {};
  }

  Result<void> candidate(Filling& f) const {
    const Contest& c = *contests_[f.pile.contest];
    const std::string& name = cell(Head::name);
    std::size_t k = 0;
    while (k < c.candidates.size() && f.pile.totals.persons[k].label != name) ++k;
    if (k == c.candidates.size())  // the only one that differs by spaces and width alone
      for (std::size_t i = 0, found = 0; i < c.candidates.size(); ++i)
        if (tally::spelling_key(f.pile.totals.persons[i].label) == tally::spelling_key(name))
          k = ++found == 1 ? i : c.candidates.size();
    if (k == c.candidates.size())
      return no_at(code::paper::column, Head::name, "“" + name + "”不是票上的候选人",
                   "\"" + name + "\" is no candidate");
    if (f.lines[k] != 0) return no(code::paper::twice, "“" + name + "”列了两次", "\"" + name + "\" is listed twice");
    f.lines[k] = table_.row();
    if (!cell(Head::papers).empty())
      return no_at(code::paper::row, Head::papers, "候选人一行不填张数", "a candidate's row has no 张数");
    if (!cell(Head::postpone).empty() && !c.answers.postpone)
      return no_at(code::paper::row, Head::postpone, "本项没有缓议", "there is no such answer here");
    tally::PersonTotals& p = f.pile.totals.persons[k];
    TUIXUAN_TRY(oppose, number(Head::oppose, true));
    TUIXUAN_TRY(abstain, number(Head::abstain, true));
    TUIXUAN_TRY(postpone, number(Head::postpone, false));
    TUIXUAN_TRY(unreadable, number(Head::unreadable, false));
    p.oppose = oppose;
    p.abstain = abstain;
    p.postpone = postpone;
    p.unreadable = unreadable;
    if (cell(Head::approve).empty()) return {};
    TUIXUAN_TRY(approve, number(Head::approve, true));
    f.by_strokes[k] = approve;
    return {};
  }

  // --- what follows, and whether it can be ---

  Result<void> derive(Filling& f) const {
    tally::ContestTotals& t = f.pile.totals;
    const Contest& c = *contests_[f.pile.contest];
    std::uint64_t spoilt = 0;
    for (const auto& [reason, copies] : t.invalid) spoilt += copies;
    if (spoilt + t.blank > t.ballots)
      return refuse(code::paper::balance, f.line, 0,
                    "收回 " + n(t.ballots) + " 张，少于无效 " + n(spoilt) + " 张加空白 " + n(t.blank) + " 张",
                    n(t.ballots) + " returned are fewer than " + n(spoilt) + " invalid and " + n(t.blank) + " blank");
    const std::uint64_t valid = t.ballots - spoilt;
    for (std::size_t k = 0; k < f.lines.size(); ++k) TUIXUAN_CHECK(derive_person(f, k, valid));
    return possible(f, c, valid);
  }

  Result<void> derive_person(Filling& f, std::size_t k, std::uint64_t valid) const {
    tally::PersonTotals& p = f.pile.totals.persons[k];
    const std::uint64_t others = p.oppose + p.abstain + p.postpone + p.unreadable;
    const std::string zh = "有效票 " + n(valid) + " 张，减去不赞成 " + n(p.oppose) + "、弃权 " + n(p.abstain) +
                           (p.postpone > 0 ? "、缓议 " + n(p.postpone) : "") +
                           (p.unreadable > 0 ? "、作废格 " + n(p.unreadable) : "");
    const std::string en = n(valid) + " valid papers less " + n(p.oppose) + " ×, " + n(p.abstain) + " blank" +
                           (p.postpone > 0 ? ", " + n(p.postpone) + " postponed" : "") +
                           (p.unreadable > 0 ? ", " + n(p.unreadable) + " void cells" : "");
    if (others > valid)
      return refuse(code::paper::balance, f.lines[k], 0, p.label + "：" + zh + "，不够减",
                    p.label + ": " + en + " is less than nothing");
    p.approve = valid - others;
    if (f.by_strokes[k] && *f.by_strokes[k] != p.approve)
      return refuse(
          code::paper::balance, f.lines[k], 0,
          p.label + "：" + zh + "，应为赞成 " + n(p.approve) + "，计票单上是 " + n(*f.by_strokes[k]),
          p.label + ": " + en + " are " + n(p.approve) + " approvals, the tally sheet has " + n(*f.by_strokes[k]));
    if (p.abstain < f.pile.totals.blank)
      return refuse(code::paper::balance, f.lines[k], 0,
                    p.label + "：弃权 " + n(p.abstain) + "，少于整张空白的 " + n(f.pile.totals.blank) + " 张",
                    p.label + ": " + n(p.abstain) + " blank are fewer than the " + n(f.pile.totals.blank) +
                        " papers that are blank altogether");
    return {};
  }

  // What each valid paper allows, times the papers.
  Result<void> possible(const Filling& f, const Contest& c, std::uint64_t valid) const {
    const tally::ContestTotals& t = f.pile.totals;
    std::uint64_t chosen = 0;
    std::uint64_t opposed = 0;
    std::uint64_t written = f.pile.unmarked;
    for (std::size_t k = 0; k < t.persons.size(); ++k) {
      chosen += t.persons[k].approve;
      opposed += t.persons[k].oppose;
      if (k < f.lines.size()) continue;
      written += t.persons[k].approve;
      if (t.persons[k].approve > valid - t.blank)
        return unlikely(f, t.persons[k].label + "：另选得票 " + n(t.persons[k].approve) + "，多于有效票",
                        t.persons[k].label + ": more votes than valid papers");
    }
    if (chosen > valid * c.max_choices)
      return unlikely(
          f, "赞成合计 " + n(chosen) + " 票，多于有效票 " + n(valid) + " 张乘以可选 " + n(c.max_choices) + " 人",
          n(chosen) + " approvals are more than " + n(valid) + " valid papers with " + n(c.max_choices) +
              " names each");
    if (chosen < (valid - t.blank) * c.min_choices)
      return unlikely(f, "赞成合计 " + n(chosen) + " 票，少于每张票至少应选的人数",
                      n(chosen) + " approvals are fewer than each paper must have");
    if (written > (valid - t.blank) * c.write_ins.slots)
      return unlikely(f, "另选他人合计 " + n(written) + "，多于票上的空格",
                      n(written) + " names written in are too many");
    if (c.write_ins.rule == tally::WriteInRule::under_opposed && written > opposed)
      return unlikely(
          f, "另选他人合计 " + n(written) + "，多于不赞成合计 " + n(opposed) + "（另选须写在不赞成的候选人之下）",
          n(written) + " names written in are more than " + n(opposed) + " oppositions they stand under");
    return {};
  }

  tl::unexpected<Error> unlikely(const Filling& f, const std::string& zh, const std::string& en) const {
    const std::string where = contests_.size() > 1 ? contests_[f.pile.contest]->title.zh + "：" : "";
    return refuse(code::paper::balance, f.line, 0, where + zh, en);
  }

  Result<std::vector<Pile>> finished() {
    std::vector<Pile> out;
    for (auto& [key, f] : piles_) {
      TUIXUAN_CHECK(whole(key.first, f));
      TUIXUAN_CHECK(derive(f));
    }
    for (auto& [key, f] : piles_) out.push_back(std::move(f.pile));
    return out;
  }

  Result<void> whole(std::size_t box, const Filling& f) const {
    const auto missing = [&](const std::string& what) {
      return refuse(code::paper::missing, f.line, 0, "本票箱本项目缺少“" + what + "”一行",
                    "there is no row of " + what);
    };
    if (!f.returned) return missing("收回");
    if (!f.blank) return missing("空白");
    for (std::size_t k = 0; k < f.lines.size(); ++k)
      if (f.lines[k] == 0) return missing(f.pile.totals.persons[k].label);
    for (std::size_t c = 0; c < contests_.size(); ++c) {
      const auto other = piles_.find({box, c});
      if (other == piles_.end()) return missing(contests_[c]->title.zh);
      if (other->second.returned && other->second.pile.totals.ballots != f.pile.totals.ballots)
        return refuse(code::paper::balance, f.line, 0, "同一票箱各选举项目收回的张数不同",
                      "the contests of one box have different numbers of papers");
    }
    return {};
  }

  const tally::Scheme& scheme_;
  const tally::Stage& stage_;
  Table& table_;
  std::vector<const Contest*> contests_;
  std::vector<std::optional<std::size_t>> at_ = std::vector<std::optional<std::size_t>>(kHeadCount);
  std::size_t written_ = 0;
  std::map<std::pair<std::size_t, std::size_t>, Filling> piles_;  // by box and contest
};

}  // namespace

Result<bool> is_pile_table(Table& rows) {
  constexpr std::size_t kLookedAt = 20;
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < kLookedAt; ++i) {
    TUIXUAN_TRY(more, rows.next(cells));
    if (!more) return false;
    for (const std::string& cell : cells)
      if (table::fold_heading(cell) == "内容") return true;
  }
  return false;
}

Result<std::vector<Pile>> read_piles(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows) {
  return Piles(scheme, stage, rows).run();
}

}  // namespace tuixuan::paper
