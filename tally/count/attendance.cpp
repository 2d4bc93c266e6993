#include "tally/count/attendance.h"

#include <algorithm>

#include "crypto/codes/base.h"
#include "crypto/codes/documents.h"

namespace tuixuan::tally {

namespace {

class Balance {
 public:
  Balance(const Scheme& scheme, const Stage& stage, const Attendance& a) : scheme_(scheme), stage_(stage), a_(a) {}

  std::vector<Imbalance> people() && {
    roll();
    proxies();
    written();
    return std::move(out_);
  }
  std::vector<Imbalance> all() && {
    roll();
    proxies();
    quorum();
    boxes();
    written();
    return std::move(out_);
  }

 private:
  static std::string n(std::uint64_t v) { return std::to_string(v); }
  void tell(Code code, std::string zh, std::string en, const BoxId& box = {}) {
    out_.push_back({code, box, {std::move(zh), std::move(en)}});
  }

  void roll() {
    const std::uint64_t without = a_.probationary + a_.on_probation + a_.suspended;
    if (a_.with_vote + without != a_.registered)
      tell(code::roll::rights,
           "总数 " + n(a_.registered) + " 减去无选举权的 " + n(without) + "，不等于有选举权的 " + n(a_.with_vote),
           n(a_.registered) + " on the roll less " + n(without) + " without the vote are not " + n(a_.with_vote) +
               " with it");
    std::uint64_t excluded = 0;
    for (const ExcludedPersons& x : a_.excluded) {
      excluded += x.persons;
      if (x.ground.empty() || x.consent.empty() || x.persons == 0)
        tell(code::roll::consent, "不计入应到会的 " + n(x.persons) + " 人须写明理由和上级同意的文号",
             "the " + n(x.persons) + " left out of the expected need a ground and the superior body's consent");
      if (2 * x.votes_for <= a_.present)
        tell(code::roll::excluded,
             "不计入应到会（" + x.ground + "）须经实到会过半数通过，赞成 " + n(x.votes_for) + "，实到 " + n(a_.present),
             "leaving out (" + x.ground + ") needs more than half of those present: " + n(x.votes_for) + " of " +
                 n(a_.present));
    }
    if (a_.expected + excluded != a_.with_vote)
      tell(
          code::roll::expected,
          "有选举权 " + n(a_.with_vote) + " 减去不计入的 " + n(excluded) + "，不等于应到 " + n(a_.expected),
          n(a_.with_vote) + " with the vote less " + n(excluded) + " left out are not " + n(a_.expected) + " expected");
    if (a_.present > a_.expected)
      tell(code::roll::present, "实到 " + n(a_.present) + " 多于应到 " + n(a_.expected),
           n(a_.present) + " present are more than " + n(a_.expected) + " expected");
    std::uint64_t absent = 0;
    for (const AbsentPersons& x : a_.absent) absent += x.persons;
    if (!a_.absent.empty() && a_.present + absent != a_.expected)
      tell(code::roll::absent, "实到 " + n(a_.present) + " 加缺席 " + n(absent) + "，不等于应到 " + n(a_.expected),
           n(a_.present) + " present and " + n(absent) + " absent are not " + n(a_.expected) + " expected");
  }

  // L-4: each is entrusted in writing by somebody who is not there.
  void proxies() {
    std::uint64_t all = 0;
    for (const BoxPapers& b : a_.boxes) all += b.proxies;
    if (all == 0) return;
    if (stage_.proxies == 0)
      return tell(code::proxies::none,
                  "本次投票不得委托，却登记了 " + n(all) + " 份委托；请删去，或在选举办法中写明（仅限村民委员会选举）",
                  "nobody may vote for another in this vote, yet there are " + n(all) +
                      " proxies; take them out, or let the scheme allow them (village committees only)");
    for (const BoxPapers& b : a_.boxes)
      if (b.proxies > b.present * stage_.proxies)
        tell(code::proxies::many,
             "票箱“" + title(b.box) + "”：委托 " + n(b.proxies) + " 份，实到 " + n(b.present) + " 人每人至多接受 " +
                 n(stage_.proxies) + " 份",
             "box " + b.box.name + ": " + n(b.proxies) + " proxies for " + n(b.present) +
                 " people present, who may carry " + n(stage_.proxies) + " each",
             b.box);
    if (a_.present + all > a_.expected)
      tell(code::proxies::people,
           "实到 " + n(a_.present) + " 人加委托 " + n(all) + " 人，多于应到（登记）的 " + n(a_.expected) + " 人",
           n(a_.present) + " present and " + n(all) + " who entrusted their vote are more than " + n(a_.expected));
  }

  void quorum() {
    Numbers k = numbers_of(a_);
    const std::uint64_t base = base_of(stage_.quorum.base, k, 0);
    if (!holds(stage_.quorum, taking_part(stage_, a_), base))
      tell(code::plain::quorum,
           "实到 " + n(a_.present) + " 人，未达到须有的 " + n(need(stage_.quorum, base)) + " 人，不能进行",
           n(a_.present) + " are present, " + n(need(stage_.quorum, base)) + " are needed: the meeting cannot go on");
  }

  std::string title(const BoxId& id) const {
    const Box* box = scheme_.box(id);
    return box != nullptr ? box->title.zh : id.name;
  }

  void boxes() {
    std::uint64_t present = 0;
    std::vector<BoxId> seen;
    for (const BoxPapers& b : a_.boxes) {
      present += b.present;
      if (std::find(stage_.boxes.begin(), stage_.boxes.end(), b.box) == stage_.boxes.end())
        tell(code::box::unknown, "票箱 " + b.box.name + " 不属于这一环节",
             "box " + b.box.name + " is not of this stage", b.box);
      if (std::find(seen.begin(), seen.end(), b.box) != seen.end())
        tell(code::box::twice, "票箱 " + b.box.name + " 列了两次", "box " + b.box.name + " is listed twice", b.box);
      seen.push_back(b.box);
      one_box(b);
    }
    for (const BoxId& id : stage_.boxes)
      if (std::find(seen.begin(), seen.end(), id) == seen.end())
        tell(code::box::missing, "缺少票箱“" + title(id) + "”的数字", "the numbers of box " + id.name + " are missing",
             id);
    if (present != a_.present)
      tell(code::box::present, "各票箱实到之和 " + n(present) + " 不等于实到 " + n(a_.present),
           "the boxes' " + n(present) + " present are not the meeting's " + n(a_.present));
  }

  void one_box(const BoxPapers& b) {
    const std::string zh = "票箱“" + title(b.box) + "”：";
    const std::string en = "box " + b.box.name + ": ";
    if (b.drawn != b.issued + b.spoiled + b.left)
      tell(
          code::box::papers,
          zh + "领取 " + n(b.drawn) + " 不等于发出 " + n(b.issued) + " 加作废 " + n(b.spoiled) + " 加剩余 " + n(b.left),
          en + n(b.drawn) + " drawn are not " + n(b.issued) + " issued, " + n(b.spoiled) + " spoiled and " + n(b.left) +
              " left",
          b.box);
    const bool by_proxy = stage_.proxies > 0 && b.proxies > 0;
    if (b.issued > b.present + (by_proxy ? b.proxies : 0))
      tell(code::box::issued,
           zh + "发出 " + n(b.issued) + " 多于实到 " + n(b.present) + (by_proxy ? " 加委托 " + n(b.proxies) : "") +
               "，不得投票",
           en + n(b.issued) + " issued are more than " + n(b.present) + " present" +
               (by_proxy ? " and " + n(b.proxies) + " proxies" : "") + ": voting may not go on",
           b.box);
    if (b.voters > b.issued)
      tell(code::box::voters, zh + "投票 " + n(b.voters) + " 人多于发出的 " + n(b.issued) + " 张",
           en + n(b.voters) + " voters are more than " + n(b.issued) + " ballots issued", b.box);
    if (b.returned > b.voters && stage_.boxes.size() > 1)
      tell(code::box::returned,
           zh + "收回 " + n(b.returned) + " 张多于投票 " + n(b.voters) + " 人，先由主持人会同监票人处理，再计票",
           en + n(b.returned) + " returned by " + n(b.voters) +
               " voters: the chair and the supervisors decide before "
               "anything is counted",
           b.box);
  }

  void written() {
    std::vector<std::pair<ContestId, std::uint32_t>> seen;
    for (const WrittenOpinion& w : a_.written) {
      const Contest* it = scheme_.contest(w.contest);
      const bool here = it != nullptr && it->kind == Kind::decision && w.subject >= 1 &&
                        w.subject <= it->candidates.size() &&
                        std::find(stage_.contests.begin(), stage_.contests.end(), w.contest) != stage_.contests.end();
      if (!here)
        tell(code::written::contest, "会前书面意见只用于本环节的票决事项：" + w.contest.name,
             "written opinions are for decisions of this stage only: " + w.contest.name);
      if (std::find(seen.begin(), seen.end(), std::pair{w.contest, w.subject}) != seen.end())
        tell(code::written::contest, "同一事项的会前书面意见列了两次：" + w.contest.name,
             "written opinions on one matter are listed twice: " + w.contest.name);
      seen.emplace_back(w.contest, w.subject);
      // Who wrote is not present.
      if (w.approve + w.oppose + a_.present > a_.expected)
        tell(code::written::number,
             "书面意见 " + n(w.approve + w.oppose) + " 份加实到 " + n(a_.present) + " 人多于应到 " + n(a_.expected),
             n(w.approve + w.oppose) + " written opinions and " + n(a_.present) + " present are more than " +
                 n(a_.expected) + " expected");
    }
  }

  const Scheme& scheme_;
  const Stage& stage_;
  const Attendance& a_;
  std::vector<Imbalance> out_;
};

}  // namespace

std::vector<Imbalance> roll_imbalances(const Scheme& scheme, const Stage& stage, const Attendance& a) {
  return Balance(scheme, stage, a).people();
}

std::vector<Imbalance> imbalances(const Scheme& scheme, const Stage& stage, const Attendance& a) {
  return Balance(scheme, stage, a).all();
}

std::vector<Imbalance> warnings(const Scheme& scheme, const Stage& stage, const Attendance& a) {
  const bool by_issued = std::any_of(scheme.contests.begin(), scheme.contests.end(), [&](const Contest& c) {
    return c.return_check == ReturnCheck::issued &&
           std::find(stage.contests.begin(), stage.contests.end(), c.id) != stage.contests.end();
  });
  std::vector<Imbalance> out;
  for (const BoxPapers& b : a.boxes) {
    if (!by_issued || b.returned <= b.voters || b.returned > b.issued) continue;
    const std::string returned = std::to_string(b.returned);
    const std::string voters = std::to_string(b.voters);
    out.push_back({code::box::more_than_voted,
                   b.box,
                   {"收回 " + returned + " 张，多于投票 " + voters +
                        " 人；选举办法以发出的选票核对，投票有效，但须查明原因并记录",
                    returned + " returned by " + voters +
                        " voters; the scheme compares with the papers issued, so the vote is valid, but find out why "
                        "and write it down"}});
  }
  return out;
}

std::vector<Written> written_of(const Attendance& a, const Contest& c) {
  std::vector<Written> out;
  for (const WrittenOpinion& w : a.written) {
    if (w.contest != c.id || w.subject < 1 || w.subject > c.candidates.size()) continue;
    out.resize(c.candidates.size());
    out[w.subject - 1] = {w.approve, w.oppose};
  }
  return out;
}

std::uint64_t taking_part(const Stage& stage, const Attendance& a) {
  std::uint64_t people = a.present;
  for (const BoxPapers& b : a.boxes) people += stage.proxies > 0 ? b.proxies : 0;
  return people;
}

Numbers numbers_of(const Attendance& a) {
  Numbers n;
  n.registered = a.registered;
  n.expected = a.expected;
  n.present = a.present;
  for (const BoxPapers& b : a.boxes) {
    n.issued += b.issued;
    n.voters += b.voters;
    n.returned += b.returned;
  }
  return n;
}

}  // namespace tuixuan::tally
