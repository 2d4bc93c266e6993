#include "tally/organiser/tell.h"

#include <cstdio>
#include <utility>

#include "tally/election/checks.h"

namespace tuixuan::organiser {

// What is refused before the log is asked, by the longest beginning of its check.
static constexpr std::pair<std::string_view, const char*> kRefusals[] = {
    {"step.early", "还没有到这一步，或已经办过；请用 tuixuan status 查看下一步由谁办理"},
    {"step.stage", "选举办法中没有这个环节；请用 tuixuan status 查看各环节"},
    {"step.box", "票箱或其数字不对；写法是 票箱=到场,发出,剩余，每个票箱一项"},
    {"step.kiosk", "没有这台投票机，或它不为这个环节服务；请核对编号"},
    {"step.key", "公钥不对；公钥是密钥持有人的程序显示的 64 位十六进制数"},
    {"step.scheme", "选举办法、服务器或密钥彼此不符；请核对三者"},
    {"key.passphrase", "口令不能用：至少 8 个字节；没有终端时用 --passphrase-fd 给出"},
    {"key.code", "这个文件不是角色的签名密钥，做不成密钥卡；请用 tuixuan key 生成的文件"},
    {"key.file", "密钥文件不能读写；已有的文件不会被覆盖，请核对路径和权限"},
    {"seal.memory", "内存不够，打不开密钥；请关闭其他程序后重试"},
    {"seal.", "密钥打不开：口令不对，或文件损坏、属于别的角色；请核对文件和口令"},
    {"net.address", "服务器地址不对；写法如 https://192.168.1.10:8443"},
    {"net.", "连不上服务器；请检查地址和网络、服务器是否已启动，然后重试"},
    {"card", "congress.json 不能读写，或内容不对；已有的文件不会被覆盖"},
    {"slips.", "文件不能写入，凭条没有公布；已有的文件不会被覆盖，请换一个文件名后重试"},
    {"form.file", "文件不能写入；已有的文件不会被覆盖，请换一个文件名或文件夹"},
    {"form.data", "日志里还没有这张表所需的数据；请用 tuixuan status 查看进行到哪一步"},
    {"record", "记录不能读写，或不完整；已有的文件不会被覆盖"},
};

void tell_refusal(const Error& error) {
  std::fprintf(stderr, "tuixuan: %s\n", error.text().c_str());
  std::string_view zh;
  if (const election::CheckInfo* check = election::find_check(error.check)) zh = check->zh;
  for (const auto& [beginning, line] : kRefusals)
    if (zh.empty() && error.check.starts_with(beginning)) zh = line;
  if (!zh.empty()) std::fprintf(stderr, "  %.*s\n", static_cast<int>(zh.size()), zh.data());
}

void say(const std::string& zh, const std::string& en) {
  std::printf("%s\n%s\n", zh.c_str(), en.c_str());
  std::fflush(stdout);
}

bool show_faults(const scheme::Faults& faults) {
  for (const scheme::Fault& f : faults)
    say((f.warning ? "提醒 " : "错误 ") + f.path + "：" + f.zh,
        (f.warning ? "  warning " : "  error ") + f.path + ": " + f.en + " (" + f.check + " " + f.code + ")");
  return scheme::refuses(faults);
}

}  // namespace tuixuan::organiser
