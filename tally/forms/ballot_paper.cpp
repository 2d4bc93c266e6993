#include "tally/forms/ballot_paper.h"

#include <algorithm>
#include <set>
#include <vector>

#include "crypto/codes/organiser.h"
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
constexpr double kGridSpace = 115;  // what the boxes may take of a page before they get lower
constexpr double kLowest = 9;
constexpr double kHighest = 14;
constexpr double kHighestOfSeveral = 11;
constexpr std::size_t kAcross = 6;

std::string both(const tally::Text& text) { return text.en.empty() ? text.zh : text.zh + "  " + text.en; }

class Sheet {
 public:
  Sheet(Document& page, const tally::Scheme& scheme) : page_(page), s_(scheme) {}

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
    line(!c.cascade.empty() ? en
         : en.empty()       ? c.title.en
                            : en + " — " + c.title.en,
         {9, false, false, Align::centre}, 1.5);
    line(both(s_.congress.body) + "    " + both(s_.congress.term) + "    " + s_.congress.date,
         {9, false, false, Align::centre}, 4);
  }

  void title(const Contest& c) {
    keep(60);
    line(both(c.title), {14, true, false, Align::left}, 1.5);
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
      cell({x, y_, width, height}, "", 10);
      cell({x, y_ + height, width, height}, blank ? "另选他人 other" : name_of(c.candidates[i]),
           blank ? 6 : name_size(c.candidates[i], width, height), !blank, blank ? Align::left : Align::centre);
      if (under) cell({x, y_ + 2 * height, width, height}, "另选他人 other", 6, false, Align::left);
      if (i % across == across - 1 || i + 1 == count) y_ += parts * height + 2;
    }
    y_ += 3;
  }

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
    cell({kMargin, y_, name, height}, "姓名 name", 9, true);
    if (r.items.size() > 1) cell({kMargin + name, y_, left - name, height}, "项目 item", 9, true);
    double x = kMargin + left;
    for (const tally::Grade& g : r.grades) {
      cell({x, y_, mark, height}, g.label.zh + "\n" + g.label.en, 8, true);
      x += mark;
    }
    if (r.not_acquainted) cell({x, y_, mark, height}, "不了解\nnot acquainted", 8, true);
    y_ += height;
  }

  // What was said for an earlier contest of the paper is not said again.
  void instructions(const Contest& c) {
    std::vector<tally::Text> lines = scheme::ballot_instructions(s_, c);
    std::erase_if(lines, [&](const tally::Text& text) { return !said_.insert(text.zh).second; });
    if (lines.empty()) return;
    std::size_t number = 0;
    line("填写说明 How to fill in", {10, true, false, Align::left});
    for (const tally::Text& text : lines) {
      line(std::to_string(++number) + ". " + text.zh, {10, false, false, Align::left}, 0);
      line("    " + text.en, {7.5, false, false, Align::left}, 0.8);
    }
  }

  void seal() {
    keep(kSeal);
    page_.text({kMargin + kWidth - 60, y_ + kSeal / 2 - 3, 60, 6}, "（加盖印章有效 seal）",
               {10, false, false, Align::centre});
    y_ += kSeal;
  }

  Document& page_;
  const tally::Scheme& s_;
  double y_ = kTop;
  double highest_ = kHighest;
  std::set<std::string> said_;
};

}  // namespace

Result<Bytes> print_ballot_papers(const tally::Scheme& scheme, const StageId& id) {
  const tally::Stage* stage = scheme.stage(id);
  if (stage == nullptr) return fail(code::form::ballot, "the scheme has no stage " + id.name);
  std::vector<const Contest*> contests;
  for (const ContestId& wanted : stage->contests)
    for (const Contest& c : scheme.contests)
      if (c.id == wanted) contests.push_back(&c);
  const bool together =
      std::any_of(contests.begin(), contests.end(), [](const Contest* c) { return !c->cascade.empty(); });
  Document page(scheme.congress.title.zh + " 选票");
  if (together) {
    Sheet(page, scheme).draw(contests);
    return page.finish();
  }
  for (const Contest* c : contests) {
    if (c != contests.front()) page.next_page();
    Sheet(page, scheme).draw({c});
  }
  return page.finish();
}

}  // namespace tuixuan::forms
