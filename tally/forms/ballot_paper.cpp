#include "tally/forms/ballot_paper.h"

#include <algorithm>

#include "tally/scheme/ballot_text.h"

namespace tuixuan::forms {
namespace {

using tally::Contest;

constexpr double kMargin = 15;
constexpr double kWidth = kPageWidth - 2 * kMargin;
constexpr double kTop = 15;
constexpr double kBottom = kPageHeight - 15;
constexpr double kSeal = 34;        // beside the last line
constexpr double kGridSpace = 150;  // what the boxes may take of a page before they get lower
constexpr double kLowest = 8;
constexpr double kHighest = 14;
constexpr std::size_t kAcross = 6;

std::string both(const tally::Text& text) { return text.en.empty() ? text.zh : text.zh + "  " + text.en; }

class Sheet {
 public:
  Sheet(Document& page, const tally::Scheme& scheme, const Contest& contest) : page_(page), s_(scheme), c_(contest) {}

  void draw() {
    head();
    if (c_.rating) {
      grades();
    } else {
      names();
    }
    instructions();
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

  void head() {
    if (s_.rehearsal) rehearsal();
    line(s_.congress.title.zh, {16, true, false, Align::centre});
    line(c_.title.zh + "选票", {20, true, false, Align::centre});
    line(s_.congress.title.en.empty() ? c_.title.en : s_.congress.title.en + " — " + c_.title.en,
         {9, false, false, Align::centre}, 1.5);
    line(both(s_.congress.body) + "    " + both(s_.congress.term) + "    " + s_.congress.date,
         {9, false, false, Align::centre}, 4);
  }

  void cell(const Area& area, const std::string& text, double size, bool bold = false, Align align = Align::centre) {
    page_.frame(area);
    const Area inner{area.x + 1, area.y + 0.8, area.width - 2, area.height - 1.6};
    const Style style{size, bold, false, align};
    const double used = std::min(inner.height, page_.height_of(inner.width, text, style));
    const double top = align == Align::centre ? (inner.height - used) / 2 : 0;
    page_.text({inner.x, inner.y + top, inner.width, inner.height - top}, text, style);
  }

  void names() {
    const bool under = c_.write_ins.rule == tally::WriteInRule::under_opposed;
    const bool lines = c_.write_ins.rule == tally::WriteInRule::free_lines;
    const std::size_t printed = c_.candidates.size();
    const std::size_t count = printed + (lines ? c_.write_ins.slots : 0);
    std::size_t longest = 0;
    for (const tally::Candidate& person : c_.candidates) longest = std::max(longest, person.name.size());
    const std::size_t across = std::min(count, longest > 45 ? std::size_t{2} : longest > 24 ? std::size_t{4} : kAcross);
    const std::size_t rows = (count + across - 1) / across;
    const double parts = under ? 3 : 2;
    const double height = std::clamp(kGridSpace / (static_cast<double>(rows) * parts), kLowest, kHighest);
    const double width = std::min(kWidth / static_cast<double>(across), longest > 24 ? kWidth : 36.0);
    const double left = kMargin + (kWidth - width * static_cast<double>(across)) / 2;
    for (std::size_t i = 0; i < count; ++i) {
      if (i % across == 0) keep(parts * height);
      const double x = left + width * static_cast<double>(i % across);
      const bool blank = i >= printed;
      cell({x, y_, width, height}, "", 10);
      cell({x, y_ + height, width, height}, blank ? "另选他人 other" : name_of(c_.candidates[i]), blank ? 6 : 14,
           !blank, blank ? Align::left : Align::centre);
      if (under) cell({x, y_ + 2 * height, width, height}, "另选他人 other", 6, false, Align::left);
      if (i % across == across - 1 || i + 1 == count) y_ += parts * height + 2;
    }
    y_ += 3;
  }

  static std::string name_of(const tally::Candidate& c) {
    return c.note.empty() ? c.name : c.name + "\n（" + c.note + "）";
  }

  void grades() {
    const tally::Rating& r = *c_.rating;
    const std::size_t marks = r.grades.size() + (r.not_acquainted ? 1 : 0);
    const double mark = std::min(22.0, 110.0 / static_cast<double>(marks));
    const double left = kWidth - mark * static_cast<double>(marks);
    const double name = r.items.size() == 1 ? left : left * 0.45;
    const double height = 9;
    keep(3 * height);
    grade_head(name, left, mark, height);
    for (const tally::Candidate& person : c_.candidates) {
      const double block = height * static_cast<double>(r.items.size());
      if (y_ + block > kBottom) {
        keep(block);
        grade_head(name, left, mark, height);
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

  void grade_head(double name, double left, double mark, double height) {
    const tally::Rating& r = *c_.rating;
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

  void instructions() {
    std::size_t number = 0;
    line("填写说明 How to fill in", {10, true, false, Align::left});
    for (const tally::Text& text : scheme::ballot_instructions(s_, c_)) {
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
  const Contest& c_;
  double y_ = kTop;
};

}  // namespace

Result<Bytes> print_ballot_papers(const tally::Scheme& scheme, const StageId& id) {
  const auto stage =
      std::find_if(scheme.stages.begin(), scheme.stages.end(), [&](const auto& s) { return s.id == id; });
  if (stage == scheme.stages.end()) return fail("form.ballot", "the scheme has no stage " + id.name);
  Document page(scheme.congress.title.zh + " 选票");
  bool first = true;
  for (const ContestId& wanted : stage->contests)
    for (const Contest& c : scheme.contests) {
      if (c.id != wanted) continue;
      if (!first) page.next_page();
      first = false;
      Sheet(page, scheme, c).draw();
    }
  return page.finish();
}

}  // namespace tuixuan::forms
