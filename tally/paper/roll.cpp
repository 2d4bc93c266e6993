#include "tally/paper/roll.h"

#include <algorithm>
#include <array>

#include "crypto/codes/documents.h"
#include "tally/names/names.h"
#include "tally/table/fold.h"

namespace tuixuan::paper {

namespace {

enum class Head { name, note, identity, kind, rights, ground, consent, votes, came, away, box };

constexpr std::size_t kMaxText = 300;
constexpr std::size_t kMaxGroups = 100;  // as the attendance file has it
constexpr std::size_t kMaxRemarks = 1000;

template <std::size_t N>
bool is_one_of(const std::string& text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}
constexpr std::array<std::string_view, 2> kFormal{"正式党员", "正式"};
constexpr std::array<std::string_view, 2> kProbationary{"预备党员", "预备"};
constexpr std::array<std::string_view, 5> kNormal{"", "正常", "无", "有选举权", "-"};
constexpr std::array<std::string_view, 6> kSuspended{"权利中止", "停止党籍", "留置", "逮捕", "羁押", "停止党员权利"};
constexpr std::size_t kMaxListed = 20;

class RollReader {
 public:
  RollReader(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows, Roll& roll)
      : scheme_(scheme), stage_(stage), table_(rows), roll_(roll), numbers_(roll.numbers) {}

  Result<void> run() {
    ++roll_.files;
    TUIXUAN_TRY(columns,
                table::find_columns(table_, roll_headings(), table::OtherColumns::not_read, table::BlankRows::noted,
                                    table::SumRows::rows_counted, code::roll::column));
    at_ = std::move(columns);
    TUIXUAN_CHECK(check_columns());
    for (;;) {
      TUIXUAN_TRY(more, table_.record());
      if (!more) break;
      TUIXUAN_CHECK(read_row());
    }
    if (table_.reading().records == 0)
      return refuse(code::roll::row, table_.reading().heading_row, 0, "表头之下没有人",
                    "nobody stands below the heading");
    if (rounded_ > 0)
      remark({"起，共 " + std::to_string(rounded_) +
                  " 个证件号码被表格软件变成了近似数（如 1.1E+17，或末尾成了 "
                  "000），不用来查重；请把这一列设为“文本”格式后重新填写",
              std::to_string(rounded_) +
                  " numbers of identity were rounded by a spreadsheet (1.1E+17, or 000 at the end) and tell nobody "
                  "apart; make the column text and type them again"},
             first_rounded_);
    return no_one_twice();
  }

 private:
  const std::optional<std::size_t>& at(Head head) const { return at_[static_cast<std::size_t>(head)]; }
  const std::string& cell(Head head) const {
    static const std::string kNone;
    return at(head) ? table_.cells()[*at(head)] : kNone;
  }
  tl::unexpected<Error> no(Code check, Head head, const std::string& zh, const std::string& en) const {
    return refuse(check, table_.row(), at(head) ? *at(head) + 1 : 0, zh, en);
  }

  Result<void> check_columns() {
    const std::size_t row = table_.reading().heading_row;
    if (at(Head::ground) && (!at(Head::consent) || !at(Head::votes)))
      return refuse(code::roll::column, row, 0, "有“不计入原因”，还须有“上级同意”和“大会赞成”两列",
                    "with 不计入原因 the columns 上级同意 and 大会赞成 are needed");
    if (at(Head::came) && stage_.boxes.size() > 1 && !at(Head::box))
      return refuse(code::roll::column, row, 0, "本环节有几个票箱，有“到会”一列时还须有“票箱”一列",
                    "the stage has several boxes: with 到会 the column 票箱 is needed");
    if (at(Head::away) && !at(Head::came))
      return refuse(code::roll::column, row, 0, "有“缺席原因”，还须有“到会”一列",
                    "with 缺席原因 the column 到会 is needed");
    if (files_before() && roll_.attended != at(Head::came).has_value())
      return refuse(code::roll::column, row, 0, "各名册须都有“到会”一列，或都没有",
                    "all rolls have the column 到会, or none");
    roll_.attended = at(Head::came).has_value();
    return {};
  }
  bool files_before() const { return numbers_.registered > 0; }

  Result<void> read_row() {
    if (numbers_.registered == kMaxRoll)
      return refuse(code::roll::size, table_.row(), 0, "超过一百万人", "more than a million people");
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
    if (cell(Head::name).empty())
      return no(code::roll::row, Head::name, "没有姓名；不是一个人的，请删去这一行",
                "there is no name; delete the row if it is nobody");
    auto name = tally::tidy_name(cell(Head::name), kMaxText);
    if (!name) return no(code::roll::row, Head::name, "“" + cell(Head::name) + "”不能作为姓名", name.error().what);
    const std::string& note = cell(Head::note);
    label_ = tally::label(*name, note);
    if (roll_.first_names.size() < 3) roll_.first_names.push_back(label_);
    std::string identity = table::fold(cell(Head::identity));
    if (table::is_rounded_identity(identity)) {
      if (rounded_++ == 0) first_rounded_ = table_.row();
      identity.clear();
    }
    const RollPlace place{roll_.files, table_.row(), label_, identity};
    if (!identity.empty()) {
      const auto [it, added] = roll_.identities.emplace(identity, place);
      if (!added)
        return no(code::roll::twice, Head::identity,
                  "与" + place_of(it->second) + "“" + it->second.label + "”证件号码相同",
                  label_ + " has the number of identity of " + it->second.label + ", " + en_place_of(it->second));
    }
    // Somebody whom 区分 tells apart is found only with the same note.
    std::vector<RollPlace>& same = roll_.people[tally::spelling_key(*name) + "\n" + tally::spelling_key(note)];
    same.push_back(place);
    return {};
  }

  std::string place_of(const RollPlace& p) const {
    return (p.file == roll_.files ? "第 " : "第 " + std::to_string(p.file) + " 个名册第 ") + std::to_string(p.row) +
           " 行";
  }
  std::string en_place_of(const RollPlace& p) const {
    return (p.file == roll_.files ? "row " : "roll " + std::to_string(p.file) + ", row ") + std::to_string(p.row);
  }

  // Two rows of one name are two people if both have a number of identity: equal ones were refused before.
  Result<void> no_one_twice() const {
    std::string zh;
    std::string en;
    std::size_t groups = 0;
    for (const auto& [key, places] : roll_.people) {
      const auto without =
          std::count_if(places.begin(), places.end(), [](const RollPlace& p) { return p.identity.empty(); });
      if (places.size() < 2 || without == 0) continue;
      if (++groups > kMaxListed) continue;
      std::string line_zh;
      std::string line_en;
      for (std::size_t i = 0; i < places.size() && i < kMaxListed; ++i) {
        line_zh += (i > 0 ? "、" : "") + places[i].label + "（" + place_of(places[i]) + "）";
        line_en += (i > 0 ? ", " : "") + places[i].label + " (" + en_place_of(places[i]) + ")";
      }
      zh += (groups > 1 ? "；" : "") + line_zh;
      en += (groups > 1 ? "; " : "") + line_en;
    }
    if (groups == 0) return {};
    const std::string more = groups > kMaxListed ? " … " + std::to_string(groups) : "";
    return refuse(code::roll::twice, 0, 0,
                  "可能是同一人写了几次：" + zh + more + "。是同一人的，只留一行；确是几个人的，请在“区分”一列分别注明",
                  "probably one person several times: " + en + more +
                      ". Keep one row if it is one person; if they are several tell them apart in the column 区分");
  }

  Result<bool> has_vote() {
    const std::string kind = table::fold(cell(Head::kind));
    if (at(Head::kind) && is_one_of(kind, kProbationary)) {
      ++numbers_.probationary;
      return false;
    }
    if (at(Head::kind) && !is_one_of(kind, kFormal))
      return no(code::roll::kind, Head::kind, "“" + kind + "”应为 正式党员 或 预备党员",
                "\"" + kind + "\" must be 正式党员 or 预备党员");
    const std::string rights = table::fold(cell(Head::rights));
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
    const auto said = [&](Head head) {  // 无 says nothing
      return table::answer_of(cell(head)) == table::Answer::no && !table::number_of(cell(head)) ? std::string()
                                                                                                : cell(head);
    };
    const std::string ground = said(Head::ground);
    const std::string consent = said(Head::consent);
    const std::string votes = said(Head::votes);
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
    const auto number = table::number_of(votes);
    if (!number || *number > kMaxRoll)
      return no(code::roll::exclusion, Head::votes, "“" + votes + "”不是票数",
                "\"" + votes + "\" is no number of votes");
    tally::ExcludedPersons x{ground, 1, consent, *number};
    const auto [it, added] =
        roll_.exclusions.emplace(ground + "\n" + consent + "\n" + std::to_string(*number), numbers_.excluded.size());
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
    const std::string& text = cell(Head::came);
    const table::Came came = table::came_of(text);
    if (came.answer == table::Answer::unknown)
      return no(code::roll::came, Head::came,
                "“" + text + "”看不出是否到会；" + table::came_words() + "；其他原因写在“缺席原因”一列",
                "\"" + text +
                    "\" does not say whether the person came; write 是 or 否, or a usual reason (请假 病假 出差); "
                    "any other reason belongs in the column 缺席原因");
    if (came.answer == table::Answer::yes) return present();
    std::string reason = cell(Head::away).empty() ? came.reason : cell(Head::away);
    if (reason.empty()) reason = "未写明原因";
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

  void remark(tally::Text what, std::size_t row = 0) {
    if (roll_.remarks.size() < kMaxRemarks)
      roll_.remarks.push_back({row > 0 ? row : table_.row(), row > 0 ? "" : label_, std::move(what)});
  }

  const tally::Scheme& scheme_;
  const tally::Stage& stage_;
  Table& table_;
  Roll& roll_;
  tally::Attendance& numbers_;
  std::vector<std::optional<std::size_t>> at_;
  std::string label_;
  std::size_t rounded_ = 0;  // numbers of identity
  std::size_t first_rounded_ = 0;
};

}  // namespace

const std::vector<table::Heading>& roll_headings() {
  static const std::vector<table::Heading> kAll{
      {"姓名", {"党员姓名", "选民姓名", "代表姓名"}, "姓名", true, true},
      {"区分", {"同名区分"}, "同名的区分", false, false},
      {"公民身份号码",
       {"身份证号", "身份证号码", "身份证", "证件号码", "证件号"},
       "证件号码（只用来查重）",
       false,
       false},
      {"人员类别", {"党员类别", "人员类型", "党员类型"}, "党员类别", false, false},
      {"党籍状态", {"权利状况"}, "权利状况", false, false},
      {"不计入原因", {"不计入应到会原因"}, "不计入应到会的原因", false, false},
      {"上级同意", {"上级同意文号"}, "上级同意文号", false, false},
      {"大会赞成", {"大会赞成票数"}, "大会赞成票数", false, false},
      {"到会",
       {"是否到会", "到会情况", "出席", "是否出席", "出席情况", "签到", "签到情况", "参会", "参会情况", "实到"},
       "到会或缺席原因",
       false,
       false},
      {"缺席原因", {"未到会原因", "请假原因"}, "缺席原因", false, false},
      {"票箱", {}, "票箱", false, false}};
  return kAll;
}

Roll roll_for(const tally::Stage& stage) {
  Roll out;
  out.numbers.stage = stage.id;
  for (const BoxId& id : stage.boxes) out.numbers.boxes.push_back({id, 0, 0, 0, 0, 0, 0, 0});
  return out;
}

Result<void> read_roll(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows, Roll& roll) {
  return RollReader(scheme, stage, rows, roll).run();
}

}  // namespace tuixuan::paper
