#include "tally/organiser/scheme_program.h"

#include "tally/organiser/scheme_commands.h"
#include "tally/organiser/scheme_keys.h"

namespace tuixuan::organiser {

namespace {

void add_new(CLI::App* scheme, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<NewSchemeOptions>();
  CLI::App* c = scheme->add_subcommand("new", "从模板起草选举办法 / a scheme from a profile");
  c->callback([&chosen, o] { chosen = [o] { return new_scheme(*o); }; });
  CLI::Option* profile = c->add_option("profile", o->profile, "name of the profile");
  c->add_flag("--list", o->list, "列出模板及说明 / explain every profile")->excludes(profile);
  c->add_option("--out", o->out, "scheme file, to be written");
  c->add_option("--id", o->id, "short name of the congress; else the profile's")->check([](const std::string& text) {
    return is_short_name(text) ? std::string() : std::string("letters, digits, . _ - only, at most 32");
  });
  for (const auto& [name, text, what] : {std::tuple{"--title", &o->title, "会议名称 / title of the congress"},
                                         {"--title-en", &o->title_en, "the same in English"},
                                         {"--body", &o->body, "组织名称 / organisation"},
                                         {"--body-en", &o->body_en, "the same in English"},
                                         {"--term", &o->term, "届次 / term"},
                                         {"--term-en", &o->term_en, "the same in English"},
                                         {"--place", &o->place, "地点 / place"},
                                         {"--place-en", &o->place_en, "the same in English"},
                                         {"--date", &o->date, "YYYY-MM-DD; else today"}})
    c->add_option(name, *text, what);
  c->add_option("--seats", o->seats, "[CONTEST=]N 应选名额 / seats");
  c->add_option("--contest-title", o->contest_titles, "[CONTEST=]TITLE 选举项目名称 / title of a contest");
  c->add_option("--candidate", o->candidates, "[CONTEST=]NAME[（note）] 候选人 / candidate; repeat it");
  c->add_option("--names", o->names_file,
                "候选人名单：一行一人，或表格（XLSX、CSV，表头 姓名、区分、选举项目）/ candidates: one a line, written "
                "like --candidate, or a table");
  c->add_option("--eligible", o->eligible, "NAME 可被另选的人 / may be written in; repeat it");
  c->add_option("--box", o->boxes, "[CHAMBER/]ID=TITLE 票箱 / ballot box, instead of the profile's; repeat it");
  c->add_option("--kiosks", o->kiosks, "每个票箱的投票终端数 / kiosks for each box; none: paper ballots")
      ->check(CLI::Range(0, 50));
  c->add_option("--supervisor", o->supervisors, "监票人 / supervisor; repeat it");
  c->add_option("--trustee", o->trustees, "密钥保管人 / trustee; repeat it");
  c->add_option("--threshold", o->threshold, "解密所需人数 / so many trustees decrypt; else a majority");
  c->add_option("--keep-order", o->manual_reason, "按所给次序排列，写明理由 / candidates stay as given; the reason");
  c->add_flag("--rehearsal", o->rehearsal, "演练 / a rehearsal: everything printed says so");
}

void add_check(CLI::App* scheme, std::function<Result<void>()>& chosen) {
  struct Check {
    std::string file;
    bool paper = false;
  };
  const auto o = std::make_shared<Check>();
  CLI::App* c =
      scheme->add_subcommand("check", "检查选举办法，一次列出全部问题 / every fault of a scheme file at once");
  c->callback([&chosen, o] {
    chosen = [o] { return check_scheme(o->file, o->paper ? scheme::Use::paper : scheme::Use::sealed); };
  });
  c->add_option("scheme", o->file, "scheme file (tuixuan-scheme/1)")->required();
  c->add_flag("--paper", o->paper, "只用纸质选票，不需要密钥和终端 / paper ballots only: no keys, no kiosks");
}

void add_show(CLI::App* scheme, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<ShowOptions>();
  CLI::App* c = scheme->add_subcommand("show", "显示选票样张 / the ballot paper as people will see it");
  c->callback([&chosen, o] { chosen = [o] { return show_scheme(*o); }; });
  c->add_option("scheme", o->file, "scheme file")->required();
  c->add_option("--stage", o->stage, "only this stage");
  c->add_option("--lang", o->language, "zh or en")->check(CLI::IsMember({"zh", "en"}))->capture_default_str();
  c->add_option("--columns", o->columns, "width; else the terminal's")->check(CLI::Range(40, 400));
  c->add_option("--pdf", o->pdf, "ballot papers to print, to be written");
}

void add_keys(CLI::App* scheme, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<SchemeKeysOptions>();
  CLI::App* c = scheme->add_subcommand(
      "keys",
      "填入各方的公钥 / put everyone's public keys in: WHO=KEY, where WHO is origin, log, pin, organiser, desk, "
      "superior, chair:NAME, auditor:NAME, a supervisor, a kiosk or a trustee");
  c->callback([&chosen, o] { chosen = [o] { return put_keys(*o); }; });
  c->add_option("scheme", o->file, "scheme file")->required();
  c->add_option("--key", o->keys, "WHO=KEY; repeat it");
  c->add_option("--keys", o->keys_file,
                "公钥文件：一行一个 谁=公钥，或表格（谁、公钥）/ file of them, one a line, or a table");
  c->add_option("--out", o->out, "scheme file, to be written")->required();
}

}  // namespace

void add_scheme_commands(CLI::App& app, std::function<Result<void>()>& chosen) {
  CLI::App* scheme = app.add_subcommand("scheme", "选举办法：起草、检查、样张 / the scheme: write, check, show");
  scheme->require_subcommand(1);
  add_new(scheme, chosen);
  add_check(scheme, chosen);
  add_keys(scheme, chosen);
  add_show(scheme, chosen);
}

}  // namespace tuixuan::organiser
