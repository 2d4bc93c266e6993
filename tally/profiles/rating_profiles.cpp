// Ratings: the yearly review of members (民主评议党员) and of leaders (民主测评), the latter by several kinds of raters
// with one composite score.
#include "tally/profiles/build.h"

namespace tuixuan::profiles {
namespace {

using tally::Contest;
using tally::FormKind;
using tally::Kind;

const std::vector<FormKind> kForms = {FormKind::attendance, FormKind::papers, FormKind::invalid, FormKind::rating};

Contest rated(const char* id, tally::Text title, tally::Rating rating) {
  Contest c = a_contest(id, std::move(title), Kind::rating, 0);
  c.max_choices = 0;
  c.majority = kRankedOnly;
  c.answers.approve.sign = "√";
  c.rating = std::move(rating);
  return c;
}

std::vector<tally::Grade> grades(const char* second, const char* second_en, const char* third, const char* third_en,
                                 const char* last, const char* last_en) {
  return {{{"优秀", "excellent"}, 100}, {{second, second_en}, 80}, {{third, third_en}, 60}, {{last, last_en}, 40}};
}

Profile members_review() {
  Profile p{
      "members-review",
      {"民主评议党员", "yearly review of members"},
      {"对党员评优秀、合格、基本合格、不合格；“优秀”等次一般不超过参评党员的三分之一（按人数自动算出，可改），"
       "是对最后确定的等次的限制，不使测评表作废；投票是依据之一，等次由支部委员会或党员大会确定。",
       "Members are graded excellent, qualified, basically qualified, not qualified; the best grade usually goes "
       "to at most a third (worked out from the names, can be changed), which limits the grades given in the end and "
       "voids no form. The forms are input: committee or meeting gives the grade."},
      false,
      false,
      9,
      {}};
  tally::Rating r;
  r.grades = grades("合格", "qualified", "基本合格", "basically qualified", "不合格", "not qualified");
  r.items = {{{"总体评价", "overall"}, 100}};
  r.max_best = 3;
  r.best_limit = tally::BestLimit::grades;  // the committee gives the grades (G-2)
  Contest c = rated("members", {"民主评议党员", "review of members"}, r);
  c.articles = {"民主评议党员：优秀党员一般不超过参评党员的三分之一；预备党员参加评议，不评等次",
                "等次由支部委员会或党员大会根据评议情况确定"};
  add_chamber(p.scheme, "members", {"党员", "members"}, {"主会场票箱", "main box"});
  add_stage(p.scheme, "review", {"民主评议党员", "review of members"}, "members", kHalfOfExpected, {c});
  p.scheme.forms = kForms;
  return p;
}

struct Raters {
  const char* id;
  tally::Text title;
  std::uint32_t weight;
};
const Raters kRaters[] = {{"leaders", {"上级领导", "superior leaders"}, 20},
                          {"staff", {"党员干部群众", "members, staff and residents"}, 40},
                          {"assessors", {"考评组", "assessment group"}, 40}};

Profile leaders_rating() {
  Profile p{
      "leaders-rating",
      {"领导班子成员民主测评（综合得分）", "rating of leaders with a composite score"},
      {"三类人分别测评，三个项目权重 30、30、40，三类人权重 20、40、40，可另加不超过 5 分；等次、分值、权重都可改。"
       "“不了解”不计入该人的基数。",
       "Three kinds of raters, each apart: items weigh 30, 30, 40, raters 20, 40, 40, up to 5 bonus points by "
       "decision; grades, points, weights can all be changed. \"Not acquainted\" is left out of the base."},
      true,
      false,
      4,
      {}};
  tally::Rating r;
  r.grades = grades("称职", "competent", "基本称职", "basically competent", "不称职", "not competent");
  r.items = {{{"思想政治", "politics and conduct"}, 30}, {{"工作能力", "ability"}, 30}, {{"工作实绩", "results"}, 40}};
  r.not_acquainted = true;
  tally::Combination all{tally::CombinationId{"composite"},
                         {"综合得分", "composite score"},
                         tally::CombinationRule::composite,
                         {},
                         0,
                         5,
                         0};
  for (const Raters& raters : kRaters) {
    Contest c = rated(raters.id, {raters.title.zh + "测评", "rated by " + raters.title.en}, r);
    c.order = tally::NameOrder::approved;
    c.articles = {"得分＝Σ（票数×分值）÷有效票；不了解的不计入", "各项目权重合计 100，各类评价人权重合计 100"};
    add_chamber(p.scheme, raters.id, raters.title, {raters.title.zh + "票箱", "box of the " + raters.title.en});
    add_stage(p.scheme, raters.id, c.title, raters.id, kHalfOfExpected, {c});
    all.sources.push_back({c.id, raters.weight, 0});
  }
  p.scheme.combinations = {all};
  p.scheme.forms = kForms;
  return p;
}

}  // namespace

std::vector<Profile> rating_profiles() { return {members_review(), leaders_rating()}; }

}  // namespace tuixuan::profiles
