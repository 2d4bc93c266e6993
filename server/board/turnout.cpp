// The turnout while people vote: the page for the hall, and the numbers that move on it.
#include <algorithm>

#include "server/board/page.h"

namespace tuixuan::board {

namespace {

struct BoxCount {
  BoxId box;
  std::uint64_t slips = 0;
  std::uint64_t cast = 0;
  std::uint64_t voided = 0;
};

std::vector<BoxCount> boxes_of(const election::StageState& stage) {
  std::vector<BoxCount> out;
  if (!stage.opening) return out;
  for (std::size_t i = 0; i < stage.opening->boxes.size(); ++i) {
    const election::OpeningBox& b = stage.opening->boxes[i];
    out.push_back({b.box, b.slip_count, stage.cast_of_box.at(i), stage.voided_of_box.at(i)});
  }
  return out;
}

std::uint64_t expected(const election::StageState& s) { return s.attendance ? s.attendance->expected : 0; }
std::uint64_t present(const election::StageState& s) { return s.attendance ? s.attendance->present : 0; }

bool has_turnout(const election::StageState& s) {
  return s.opening.has_value() && s.phase != election::Phase::proposed;
}

std::string moving(std::string_view field, std::uint64_t value) {
  return el("span", n(value), "data-field=\"" + std::string(field) + "\"");
}

std::string figure(const std::string& word, std::string_view field, std::uint64_t value) {
  return el("div", el("dt", word) + el("dd", moving(field, value)));
}

std::string box_rows(const Page& p, const election::StageState& stage) {
  std::string out;
  for (const BoxCount& b : boxes_of(stage)) {
    const std::string title = p.box_title(b.box);
    out += el("tr",
              el("th", title, "scope=\"row\"") + el("td", n(b.slips), "class=\"number\"") +
                  el("td", moving("cast", b.cast), "class=\"number\"") +
                  el("td", moving("voided", b.voided), "class=\"number\""),
              "data-box=\"" + esc(b.box.name) + "\"");
  }
  return out;
}

// How many of those present have voted, as a bar; the numbers beside it say the same.
std::string so_far(const election::StageState& stage) {
  const std::uint64_t all = std::max<std::uint64_t>(present(stage), 1);
  return el("div", bar(std::min(stage.cast, all), all, "approve"), "class=\"so-far\"");
}

std::string stage_turnout(const Page& p, const election::StageState& stage) {
  const tally::Stage& plan = p.state.plan->stages.at(stage.stage);
  const std::string head =
      row({p.say("票箱", "Box"), p.say("凭条", "slips"), p.say("已投", "cast"), p.say("作废", "voided")}, "th");
  const std::string figures = figure(p.say("应到", "expected"), "expected", expected(stage)) +
                              figure(p.say("实到", "present"), "present", present(stage)) +
                              figure(p.say("已投票", "ballots cast"), "cast", stage.cast);
  return el(
      "section",
      el("h2",
         p.in(plan.title) + " " + el("span", phase_word(p, stage.phase), "class=\"phase\" data-field=\"phase\"")) +
          el("dl", figures, "class=\"turnout\"") + so_far(stage) +
          el("div",
             el("table", el("caption", p.say("各票箱", "Boxes")) + el("thead", head) + el("tbody", box_rows(p, stage))),
             "class=\"wide\" tabindex=\"0\""),
      "data-stage=\"" + esc(plan.id.name) + "\" data-open=\"" +
          (stage.phase == election::Phase::open ? "true" : "false") + "\"");
}

}  // namespace

File hall_page(const Page& p) {
  std::string body = el("noscript", el("p", p.say("此页要自行刷新。", "Reload this page to see newer numbers.")));
  std::string stages;
  if (p.state.plan)
    for (const tally::Stage& plan : p.state.plan->stages)  // those that people are voting in come first
      if (const election::StageState& s = *p.state.stage(plan.id); has_turnout(s))
        stages = s.phase == election::Phase::open ? stage_turnout(p, s) + stages : stages + stage_turnout(p, s);
  if (stages.empty()) stages = el("p", p.say("还没有开始投票。", "Nobody votes yet."));
  body += el("p", p.say("只有人数和票数；计票之前没有任何结果。",
                        "People and ballots only; there is no result before the count.")) +
          stages +
          el("p", "",
             "id=\"live\" role=\"status\" data-source=\"" + p.shared("v1/turnout") + "\" data-broken=\"" +
                 p.say("与服务器的连接断了，数字可能是旧的", "The connection is lost; the numbers may be old") + "\"");
  const std::string title = p.say("投票进度", "Turnout");
  return p.site.live ? p.frame(title, body, {"hall.js"}, "hall") : p.frame(title, body, {}, "hall");
}

std::string turnout_json(const election::State& state) {
  std::string stages;
  if (state.plan)
    for (const tally::Stage& plan : state.plan->stages) {
      const election::StageState& s = *state.stage(plan.id);
      if (!has_turnout(s)) continue;
      std::string boxes;
      for (const BoxCount& b : boxes_of(s))
        boxes += (boxes.empty() ? "" : ",") + std::string("{\"id\":") + json_text(b.box.name) +
                 ",\"slips\":" + n(b.slips) + ",\"cast\":" + n(b.cast) + ",\"voided\":" + n(b.voided) + "}";
      stages += (stages.empty() ? "" : ",") + std::string("{\"id\":") + json_text(plan.id.name) +
                ",\"open\":" + (s.phase == election::Phase::open ? "true" : "false") +
                ",\"expected\":" + n(expected(s)) + ",\"present\":" + n(present(s)) + ",\"cast\":" + n(s.cast) +
                ",\"boxes\":[" + boxes + "]}";
    }
  return "{\"format\":\"tuixuan-turnout/1\",\"stages\":[" + stages + "]}";
}

}  // namespace tuixuan::board
