#include "tally/paper/roll.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crypto/codes/documents.h"
#include "tally/names/names.h"

namespace tuixuan::paper {

namespace {

enum class Head { name, note, identity, kind, rights, ground, consent, votes, came, box };
constexpr std::size_t kHeadCount = 10;
struct Heading {
  std::string_view text;
  Head head;
};
constexpr std::array kHeadings{Heading{"姓名", Head::name},
                               Heading{"区分", Head::note},
                               Heading{"公民身份号码", Head::identity},
                               Heading{"身份证号", Head::identity},
                               Heading{"身份证号码", Head::identity},
                               Heading{"证件号码", Head::identity},
                               Heading{"人员类别", Head::kind},
                               Heading{"党员类别", Head::kind},
                               Heading{"权利状况", Head::rights},
                               Heading{"党籍状态", Head::rights},
                               Heading{"不计入原因", Head::ground},
                               Heading{"不计入应到会原因", Head::ground},
                               Heading{"上级同意", Head::consent},
                               Heading{"上级同意文号", Head::consent},
                               Heading{"大会赞成", Head::votes},
                               Heading{"大会赞成票数", Head::votes},
                               Heading{"到会", Head::came},
                               Heading{"票箱", Head::box}};
constexpr std::array<std::string_view, kHeadCount> kMeanings{
    "姓名",         "同名的区分",   "证件号码（只用来查重）", "党员类别", "权利状况", "不计入应到会的原因",
    "上级同意文号", "大会赞成票数", "到会或缺席原因",         "票箱"};
constexpr std::size_t kMaxText = 300;
constexpr std::size_t kMaxGroups = 100;  // as the attendance file has it
constexpr std::size_t kMaxRemarks = 1000;

template <std::size_t N>
bool is_one_of(const std::string& text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}
constexpr std::array<std::string_view, 2> kFormal{"正式党员", "正式"};
constexpr std::array<std::string_view, 2> kProbationary{"预备党员", "预备"};
constexpr std::array<std::string_view, 4> kNormal{"", "正常", "无", "有选举权"};
constexpr std::array<std::string_view, 6> kSuspended{"权利中止", "停止党籍", "留置", "逮捕", "羁押", "停止党员权利"};
constexpr std::array<std::string_view, 6> kCame{"是", "到", "到会", "实到", "√", "○"};

class RollReader {
 public:
  RollReader(const tally::Scheme& scheme, const tally::Stage& stage, CsvReader& csv, Roll& roll)
      : scheme_(scheme), stage_(stage), csv_(csv), roll_(roll), numbers_(roll.numbers) {}

  Result<void> run() {
    auto header = csv_.next(cells_);
    if (!header) return tl::unexpected<Error>(std::move(header.error()));
    if (!*header) return fail(code::roll::row, "名册是空的 / the roll is empty");
    TUIXUAN_CHECK(read_header());
    for (;;) {
      TUIXUAN_TRY(more, csv_.next(cells_));
      if (!more) return {};
      TUIXUAN_CHECK(read_row());
    }
  }

 private:
  const std::optional<std::size_t>& at(Head head) const { return at_[static_cast<std::size_t>(head)]; }
  const std::string& cell(Head head) const {
    static const std::string kNone;
    return at(head) ? cells_[*at(head)] : kNone;
  }
  tl::unexpected<Error> no(Code check, Head head, const std::string& zh, const std::string& en) const {
    return refuse(check, csv_.line(), at(head) ? *at(head) + 1 : 0, zh, en);
  }

  Result<void> read_header() {
    roll_.columns.clear();
    roll_.not_read.clear();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const auto known =
          std::find_if(kHeadings.begin(), kHeadings.end(), [&](const auto& h) { return h.text == cells_[i]; });
      if (known == kHeadings.end()) {
        roll_.not_read.push_back(cells_[i]);
        continue;
      }
      auto& place = at_[static_cast<std::size_t>(known->head)];
      if (place)
        return refuse(code::roll::column, csv_.line(), i + 1, "“" + cells_[i] + "”与前面一列意思相同",
                      "\"" + cells_[i] + "\" says the same as a column before it");
      place = i;
      roll_.columns.emplace_back(cells_[i], kMeanings[static_cast<std::size_t>(known->head)]);
    }
    width_ = cells_.size();
    if (!at(Head::name)) return refuse(code::roll::column, csv_.line(), 0, "缺少“姓名”一列", "there is no column 姓名");
    if (at(Head::ground) && (!at(Head::consent) || !at(Head::votes)))
      return refuse(code::roll::column, csv_.line(), 0, "有“不计入原因”，还须有“上级同意”和“大会赞成”两列",
                    "with 不计入原因 the columns 上级同意 and 大会赞成 are needed");
    if (at(Head::came) && stage_.boxes.size() > 1 && !at(Head::box))
      return refuse(code::roll::column, csv_.line(), 0, "本环节有几个票箱，有“到会”一列时还须有“票箱”一列",
                    "the stage has several boxes: with 到会 the column 票箱 is needed");
    if (files_before() && roll_.attended != at(Head::came).has_value())
      return refuse(code::roll::column, csv_.line(), 0, "各名册须都有“到会”一列，或都没有",
                    "all rolls have the column 到会, or none");
    roll_.attended = at(Head::came).has_value();
    return {};
  }
  bool files_before() const { return numbers_.registered > 0; }

  Result<void> read_row() {
    if (cells_.size() != width_)
      return refuse(code::roll::row, csv_.line(), 0,
                    "有 " + std::to_string(cells_.size()) + " 格，表头有 " + std::to_string(width_) + " 格",
                    std::to_string(cells_.size()) + " cells where the heading has " + std::to_string(width_));
    if (numbers_.registered == kMaxRoll)
      return refuse(code::roll::size, csv_.line(), 0, "超过一百万人", "more than a million people");
    TUIXUAN_CHECK(identify());
    ++numbers_.registered;
    TUIXUAN_TRY(votes, has_vote());
    if (votes) {
      ++numbers_.with_vote;
      TUIXUAN_TRY(left_out, is_left_out());
      if (!left_out) {
        ++numbers_.expected;
        return attendance();
      }
    } else if (!cell(Head::ground).empty()) {
      return no(code::roll::exclusion, Head::ground, "没有选举权的人不在应到会之内，不必再写不计入的原因",
                "somebody without the vote is not among the expected anyway");
    }
    return {};
  }

  Result<void> identify() {
    auto name = tally::tidy_name(cell(Head::name), kMaxText);
    if (!name) return no(code::roll::row, Head::name, "“" + cell(Head::name) + "”不能作为姓名", name.error().what);
    label_ = tally::label(*name, cell(Head::note));
    if (roll_.first_names.size() < 3) roll_.first_names.push_back(label_);
    const std::string& identity = cell(Head::identity);
    if (!roll_.seen.insert(identity.empty() ? "name " + label_ : "id " + identity).second)
      return no(code::roll::twice, identity.empty() ? Head::name : Head::identity,
                "“" + label_ + "”已在名册中；确是两人的，请在“区分”一列注明",
                label_ + " is on the roll already; if these are two people tell them apart in the column 区分");
    return {};
  }

  Result<bool> has_vote() {
    const std::string& kind = cell(Head::kind);
    if (at(Head::kind) && is_one_of(kind, kProbationary)) {
      ++numbers_.probationary;
      return false;
    }
    if (at(Head::kind) && !is_one_of(kind, kFormal))
      return no(code::roll::kind, Head::kind, "“" + kind + "”应为 正式党员 或 预备党员",
                "\"" + kind + "\" must be 正式党员 or 预备党员");
    const std::string& rights = cell(Head::rights);
    if (is_one_of(rights, kNormal)) return true;
    if (rights == "留党察看") {
      ++numbers_.on_probation;
      return false;
    }
    if (is_one_of(rights, kSuspended)) {
      ++numbers_.suspended;
      return false;
    }
    return no(code::roll::rights, Head::rights,
              "“" + rights + "”应为 正常、留党察看、权利中止、停止党籍、留置、逮捕 之一，或留空",
              "\"" + rights + "\" must be one of 正常 留党察看 权利中止 停止党籍 留置 逮捕, or nothing");
  }

  Result<bool> is_left_out() {
    const std::string& ground = cell(Head::ground);
    const std::string& consent = cell(Head::consent);
    const std::string& votes = cell(Head::votes);
    if (ground.empty()) {
      if (!consent.empty() || !votes.empty())
        return no(code::roll::exclusion, Head::ground, "写了同意或票数，却没有不计入的原因",
                  "approvals without a ground");
      return false;
    }
    if (ground.size() > kMaxText || consent.size() > kMaxText)
      return no(code::roll::exclusion, Head::ground, "文字过长", "too long");
    if (consent.empty() || votes.empty()) {
      remark(consent.empty()
                 ? tally::Text{"缺上级同意，仍计入应到会", "no consent of the superior body: stays expected"}
                 : tally::Text{"未经大会通过，仍计入应到会", "not passed by the meeting: stays expected"});
      return false;
    }
    tally::ExcludedPersons x{ground, 1, consent, 0};
    const auto [end, bad] = std::from_chars(votes.data(), votes.data() + votes.size(), x.votes_for);
    if (bad != std::errc() || end != votes.data() + votes.size() || x.votes_for > kMaxRoll)
      return no(code::roll::exclusion, Head::votes, "“" + votes + "”不是票数",
                "\"" + votes + "\" is no number of votes");
    const auto [it, added] = roll_.exclusions.emplace(ground + "\n" + consent + "\n" + votes, numbers_.excluded.size());
    if (!added) {
      ++numbers_.excluded[it->second].persons;
      return true;
    }
    if (numbers_.excluded.size() == kMaxGroups)
      return no(code::roll::size, Head::ground, "不计入的原因种类过多，请统一写法", "too many different grounds");
    numbers_.excluded.push_back(std::move(x));
    return true;
  }

  Result<void> attendance() {
    if (!at(Head::came)) return {};
    const std::string& came = cell(Head::came);
    if (is_one_of(came, kCame)) return present();
    const std::string reason = came.empty() || came == "否" ? "未写明原因" : came;
    if (reason.size() > kMaxText) return no(code::roll::row, Head::came, "文字过长", "too long");
    const auto [it, added] = roll_.absences.emplace(reason, numbers_.absent.size());
    if (!added) {
      ++numbers_.absent[it->second].persons;
      return {};
    }
    if (numbers_.absent.size() == kMaxGroups)
      return no(code::roll::size, Head::came, "缺席原因种类过多，请统一写法", "too many different reasons");
    numbers_.absent.push_back({reason, 1});
    return {};
  }

  Result<void> present() {
    std::optional<std::size_t> box = 0;
    if (at(Head::box)) box = box_named(scheme_, stage_, cell(Head::box));
    if (!box)
      return no(code::roll::box, Head::box, "“" + cell(Head::box) + "”不是本环节的票箱",
                "\"" + cell(Head::box) + "\" is no box of this stage");
    ++numbers_.present;
    if (*box < numbers_.boxes.size()) ++numbers_.boxes[*box].present;
    return {};
  }

  void remark(tally::Text what) {
    if (roll_.remarks.size() < kMaxRemarks) roll_.remarks.push_back({csv_.line(), label_, std::move(what)});
  }

  const tally::Scheme& scheme_;
  const tally::Stage& stage_;
  CsvReader& csv_;
  Roll& roll_;
  tally::Attendance& numbers_;
  std::array<std::optional<std::size_t>, kHeadCount> at_;
  std::size_t width_ = 0;
  std::vector<std::string> cells_;
  std::string label_;
};

}  // namespace

Roll roll_for(const tally::Stage& stage) {
  Roll out;
  out.numbers.stage = stage.id;
  for (const BoxId& id : stage.boxes) out.numbers.boxes.push_back({id, 0, 0, 0, 0, 0, 0, 0});
  return out;
}

Result<void> read_roll(const tally::Scheme& scheme, const tally::Stage& stage, CsvReader& csv, Roll& roll) {
  return RollReader(scheme, stage, csv, roll).run();
}

}  // namespace tuixuan::paper
