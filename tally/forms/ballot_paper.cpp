#include "tally/forms/ballot_paper.h"

#include <algorithm>
#include <set>
#include <vector>

#include "crypto/codes/organiser.h"
#include "tally/ballot/choice.h"
#include "tally/forms/build.h"
#include "tally/names/names.h"
#include "tally/scheme/ballot_text.h"

namespace tuixuan::forms {
namespace {

using tally::Contest;

constexpr double kMargin = 15;
constexpr double kWidth = kPageWidth - 2 * kMargin;
constexpr double kTop = 15;
constexpr double kBottom = kPageHeight - 15;
constexpr double kSeal = 26;
constexpr double kSealOfSeveral = 16;
constexpr double kGridSpace = 115;  // what the boxes may take of a page before they get lower
constexpr double kLowest = 9;
constexpr double kHighest = 14;
constexpr double kHighestOfSeveral = 11;
constexpr std::size_t kAcross = 6;

class Paper {
 public:
  Paper(Document& page, const tally::Scheme& scheme, bool english) : page_(page), s_(scheme), english_(english) {}

  // More than one only where their votes cascade: those stand on one paper.
  void draw(const std::vector<const Contest*>& contests) {
    if (contests.size() > 1) highest_ = kHighestOfSeveral;
    head(*contests.front());
    for (const Contest* c : contests) {
      if (contests.size() > 1) title(*c);
      if (c->rating) {
        grades(*c);
      } else {
        names(*c);
      }
      instructions(*c);
      y_ += 3;
    }
    seal();
  }

 private:
  std::string both(const tally::Text& text) const {
    return !english_ || text.en.empty() ? text.zh : text.zh + "  " + text.en;
  }
  std::string both(const char* zh, const char* en) const { return both(tally::Text{zh, en}); }

  void line(const std::string& text, const Style& style, double after = 0.5) {
    const double height = page_.height_of(kWidth, text, style);
    keep(height);
    page_.text({kMargin, y_, kWidth, height}, text, style);
    y_ += height + after;
  }

  void keep(double height) {
    if (y_ + height <= kBottom) return;
    page_.next_page();
    y_ = kTop;
    if (s_.rehearsal) rehearsal();
  }

  void rehearsal() { page_.text({kMargin, 5, kWidth, 8}, "演练 REHEARSAL", {14, true, false, Align::centre}); }

  void head(const Contest& c) {
    if (s_.rehearsal) rehearsal();
    line(s_.congress.title.zh, {16, true, false, Align::centre});
    line(c.cascade.empty() ? scheme::ballot_title(c).zh : "选票", {20, true, false, Align::centre});
    const std::string& en = s_.congress.title.en;
    if (english_)
      line(!c.cascade.empty() ? en
           : en.empty()       ? c.title.en
                              : en + " — " + c.title.en,
           {9, false, false, Align::centre}, 1.5);
    line(both(s_.congress.body) + "    " + both(s_.congress.term) + "    " +
             (english_ ? s_.congress.date : date_zh(s_.congress.date)),
         {9, false, false, Align::centre}, 2.5);
    if (c.cascade.empty()) by_strokes(c);
    y_ += 1.5;
  }

  void by_strokes(const Contest& c) {
    if (c.order == tally::NameOrder::strokes && c.candidates.size() > 1)
      line(both("（以姓氏笔画为序）", "by surname strokes"), {9, false, false, Align::centre}, 0.5);
  }

  void title(const Contest& c) {
    keep(60);
    const bool strokes = c.order == tally::NameOrder::strokes && c.candidates.size() > 1;
    line(both(c.title) + (strokes ? both("（以姓氏笔画为序）", "by surname strokes") : ""),
         {14, true, false, Align::left}, 1.5);
  }

  // As large as the name fits on one line, with its note below it.
  static double name_size(const tally::Candidate& person, double width, double height) {
    constexpr double kPointsPerMm = 72 / 25.4;
    const double columns = std::max(1.0, static_cast<double>(tally::display_width(person.name)));
    const double across = (width - 5) * kPointsPerMm * 2 / columns;
    const double down = (height - 1.6) * kPointsPerMm / 1.5 / (person.note.empty() ? 1 : 2);
    return std::min({14.0, std::max(across, 8.0), down});
  }

  void cell(const Area& area, const std::string& text, double size, bool bold = false, Align align = Align::centre) {
    page_.frame(area);
    const Area inner{area.x + 1, area.y + 0.8, area.width - 2, area.height - 1.6};
    const Style style{size, bold, false, align};
    const double used = std::min(inner.height, page_.height_of(inner.width, text, style));
    const double top = align == Align::centre ? (inner.height - used) / 2 : 0;
    page_.text({inner.x, inner.y + top, inner.width, inner.height - top}, text, style);
  }

  void names(const Contest& c) {
    const bool under = c.write_ins.rule == tally::WriteInRule::under_opposed;
    const bool lines = c.write_ins.rule == tally::WriteInRule::free_lines;
    const bool alone = tally::name_alone_counts(c);
    sign_ = c.answers.approve.sign;
    const std::string other = c.kind != tally::Kind::recommendation ? "另选他人"
                              : printed_none(c)                     ? "推荐人选"
                                                                    : "其他推荐人选";
    const std::size_t printed = c.candidates.size();
    const std::size_t count = printed + (lines ? c.write_ins.slots : 0);
    std::size_t longest = 0;
    for (const tally::Candidate& person : c.candidates) longest = std::max(longest, tally::display_width(person.name));
    const std::size_t most = longest > 30 ? std::size_t{2} : longest > 18 ? std::size_t{4} : kAcross;
    const std::size_t rows = (count + most - 1) / most;
    const std::size_t across = (count + rows - 1) / rows;
    const double parts = under ? 3 : 2;
    const double height = std::clamp(kGridSpace / (static_cast<double>(rows) * parts), kLowest, highest_);
    const double width = std::min(kWidth / static_cast<double>(across), longest > 18 ? kWidth : 36.0);
    const double left = kMargin + (kWidth - width * static_cast<double>(across)) / 2;
    for (std::size_t i = 0; i < count; ++i) {
      if (i % across == 0) keep(parts * height);
      const double x = left + width * static_cast<double>(i % across);
      const bool blank = i >= printed;
      if (blank && alone) {  // a name alone: no box for a sign
        cell({x, y_, width, 2 * height}, other, 6, false, Align::left);
      } else {
        cell({x, y_, width, height}, "", 10);
        cell({x, y_ + height, width, height}, blank ? other : name_of(c.candidates[i]),
             blank ? 6 : name_size(c.candidates[i], width, height), !blank, blank ? Align::left : Align::centre);
      }
      if (under) written_line({x, y_ + 2 * height, width, height}, other, alone);
      if (i % across == across - 1 || i + 1 == count) y_ += parts * height + 2;
    }
    y_ += 3;
  }

  // The line under a candidate for another name, with its own box for the sign where one is asked for.
  void written_line(const Area& area, const std::string& other, bool alone) {
    if (alone) return cell(area, other, 6, false, Align::left);
    const double box = std::min(area.height, area.width / 3);
    cell({area.x, area.y, area.width - box, area.height}, other, 6, false, Align::left);
    cell({area.x + area.width - box, area.y, box, area.height}, "画" + sign_, 6, false, Align::left);
  }

  static bool printed_none(const Contest& c) { return c.candidates.empty() && !c.source; }

  static std::string name_of(const tally::Candidate& c) {
    return c.note.empty() ? c.name : c.name + "\n（" + c.note + "）";
  }

  void grades(const Contest& c) {
    const tally::Rating& r = *c.rating;
    const std::size_t marks = r.grades.size() + (r.not_acquainted ? 1 : 0);
    const double mark = std::min(22.0, 110.0 / static_cast<double>(marks));
    const double left = kWidth - mark * static_cast<double>(marks);
    const double name = r.items.size() == 1 ? left : left * 0.45;
    const double height = 9;
    keep(3 * height);
    grade_head(c, name, left, mark, height);
    for (const tally::Candidate& person : c.candidates) {
      const double block = height * static_cast<double>(r.items.size());
      if (y_ + block > kBottom) {
        keep(block);
        grade_head(c, name, left, mark, height);
      }
      cell({kMargin, y_, name, block}, name_of(person), 12, true);
      for (const tally::Item& item : r.items) {
        if (r.items.size() > 1) cell({kMargin + name, y_, left - name, height}, both(item.title), 9);
        for (std::size_t m = 0; m < marks; ++m)
          page_.frame({kMargin + left + mark * static_cast<double>(m), y_, mark, height});
        y_ += height;
      }
    }
    y_ += 5;
  }

  void grade_head(const Contest& c, double name, double left, double mark, double height) {
    const tally::Rating& r = *c.rating;
    cell({kMargin, y_, name, height}, both("测评对象", "name"), 9, true);
    if (r.items.size() > 1) cell({kMargin + name, y_, left - name, height}, both("项目", "item"), 9, true);
    double x = kMargin + left;
    for (const tally::Grade& g : r.grades) {
      cell({x, y_, mark, height}, english_ ? g.label.zh + "\n" + g.label.en : g.label.zh, 8, true);
      x += mark;
    }
    if (r.not_acquainted) cell({x, y_, mark, height}, english_ ? "不了解\nnot acquainted" : "不了解", 8, true);
    y_ += height;
  }

  // What was said for an earlier contest of the paper is not said again.
  void instructions(const Contest& c) {
    std::vector<tally::Text> lines = scheme::ballot_instructions(s_, c);
    std::erase_if(lines, [&](const tally::Text& text) { return !said_.insert(text.zh).second; });
    if (lines.empty()) return;
    std::size_t number = 0;
    line(both("填写说明", "How to fill in"), {10, true, false, Align::left});
    for (const tally::Text& text : lines) {
      line(std::to_string(++number) + ". " + text.zh, {10, false, false, Align::left}, 0);
      if (english_) line("    " + text.en, {7.5, false, false, Align::left}, 0.8);
    }
  }

  void seal() {
    const double height = highest_ < kHighest ? kSealOfSeveral : kSeal;
    keep(height);
    page_.text({kMargin + kWidth - 60, y_ + height / 2 - 3, 60, 6}, both("（加盖印章有效）", "seal"),
               {10, false, false, Align::centre});
    y_ += height;
  }

  Document& page_;
  const tally::Scheme& s_;
  const bool english_;
  double y_ = kTop;
  double highest_ = kHighest;
  std::string sign_;  // of approval, of the contest that is drawn
  std::set<std::string> said_;
};

}  // namespace

Result<Bytes> print_ballot_papers(const tally::Scheme& scheme, const StageId& id, bool english) {
  const auto stage =
      std::find_if(scheme.stages.begin(), scheme.stages.end(), [&](const auto& s) { return s.id == id; });
  if (stage == scheme.stages.end()) return fail(code::form::ballot, "the scheme has no stage " + id.name);
  std::vector<const Contest*> contests;
  for (const ContestId& wanted : stage->contests)
    for (const Contest& c : scheme.contests)
      if (c.id == wanted) contests.push_back(&c);
  const bool together =
      std::any_of(contests.begin(), contests.end(), [](const Contest* c) { return !c->cascade.empty(); });
  Document page(scheme.congress.title.zh + " 选票");
  if (together) {
    Paper(page, scheme, english).draw(contests);
    return page.finish();
  }
  for (const Contest* c : contests) {
    if (c != contests.front()) page.next_page();
    Paper(page, scheme, english).draw({c});
  }
  return page.finish();
}

}  // namespace tuixuan::forms
