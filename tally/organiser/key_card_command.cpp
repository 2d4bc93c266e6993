#include "tally/organiser/key_card_command.h"

#include <cstdio>
#include <map>

#include "crypto/codes/organiser.h"
#include "hardware/devices/durable_file.h"
#include "tally/client/key_code.h"
#include "tally/client/key_file.h"
#include "tally/forms/key_card.h"
#include "tally/organiser/tell.h"

namespace tuixuan::organiser {

static const std::map<std::string, std::string> kRoles{
    {"organiser", "组织者 organiser"},      {"desk", "领票处 desk"},
    {"supervisor", "监票人 supervisor"},    {"chair", "主持人 chair"},
    {"superior", "上级组织 superior body"}, {"auditor", "审计人 auditor"}};

Result<void> make_key_card(const KeyCardOptions& o) {
  TUIXUAN_TRY(sealed, client::read_sealed_key(o.file));
  TUIXUAN_TRY(code, client::key_code(sealed));
  TUIXUAN_TRY(passphrase, client::read_passphrase(o.passphrase_fd, o.file + " 口令 / passphrase: ", false));
  TUIXUAN_TRY(key, client::open_sealed_key(sealed, o.role, passphrase.reveal(), o.file));
  if (o.pdf.empty()) {
    TUIXUAN_TRY(blocks, forms::qr_blocks(code));
    std::fputs(blocks.c_str(), stdout);
    say("在投票机的工作人员页扫描此码，再输入口令；用后清屏",
        "scan it at a kiosk's staff page and type the passphrase there; clear the screen afterwards");
    return {};
  }
  TUIXUAN_TRY(pdf, forms::print_key_card({code, kRoles.at(o.role), o.holder, key.verify_key().hex()}));
  TUIXUAN_CHECK(devices::write_new(o.pdf, pdf, code::form::file));
  say("密钥卡已写入 " + o.pdf + "；打印后删除文件，卡由本人保管",
      "the key card is in " + o.pdf + "; print it, delete the file, and let its holder keep the card");
  return {};
}

void add_key_card_command(CLI::App& app, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<KeyCardOptions>();
  CLI::App* c = app.add_subcommand("key-card", "密钥文件做成可扫描的方形码 / a key file as a QR code to scan");
  c->callback([&chosen, o] { chosen = [o] { return make_key_card(*o); }; });
  c->add_option("--file", o->file, "密钥文件 / the key file")->required();
  std::vector<std::string> roles;
  for (const auto& [role, words] : kRoles) roles.push_back(role);
  c->add_option("--role", o->role, "角色 / its role")->check(CLI::IsMember(roles))->capture_default_str();
  c->add_option("--holder", o->holder, "持有人姓名，印在卡上 / whose key it is, for the card");
  c->add_option("--pdf", o->pdf,
                "写成可打印的卡；不给则显示在终端 / a card to print; else it is shown on the terminal");
  c->add_option("--passphrase-fd", o->passphrase_fd,
                "file descriptor to read the passphrase from; else it is asked for");
}

}  // namespace tuixuan::organiser
