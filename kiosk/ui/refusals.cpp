#include "kiosk/ui/refusals.h"

#include <cstdio>
#include <utility>

#include "tally/election/checks.h"

namespace tuixuan::kiosk {

// By the longest beginning of the check.
static constexpr std::pair<std::string_view, const char*> kRefusals[] = {
    {"kiosk.exists",
     "这个文件夹里已经有一台投票机，什么也没有改动；请把上面的公钥写入选举办法，或为新投票机另给 --dir"},
    {"kiosk.id", "投票机编号不能用：1 到 32 个字符，只用 a-z A-Z 0-9 . _ -"},
    {"kiosk.key", "投票机的密钥文件损坏；请停用本机，由监票人宣布它退出（tuixuan kiosk-lost）"},
    {"kiosk.folder", "投票机的文件夹不能读写；请检查路径、权限和磁盘"},
    {"kiosk.enrolment", "选举办法里没有这台投票机；请核对编号和公钥"},
    {"kiosk.closed", "它的票箱现在没有开放的投票；请等监票人宣布开始"},
    {"kiosk.undelivered", "还有选票没有送达；等网络恢复后再办"},
    {"kiosk.pictures", "图片文件夹不能建立；请换一个位置"},
    {"journal.locked", "另一个程序正在用这台投票机的文件夹；请先结束它"},
    {"journal.", "投票机的日志文件打不开或写不进；请检查磁盘是否已满或损坏，不要删除它"},
    {"device.keystore", "密钥所在的文件夹不安全或读不出来；请检查路径和权限"},
    {"card", "大会卡片 congress.json 读不出来，或内容不对；请向组织者再要一份"},
    {"net.address", "服务器地址不对；写法如 https://192.168.1.10:8443"},
    {"net.", "连不上服务器；请检查地址和网络、服务器是否已启动，然后重试"},
    {"demo.", "演示没有办成；请看上面的原因"},
};

void tell_refusal(const Error& why) {
  std::fprintf(stderr, "tuixuan-kiosk: %s\n", why.text().c_str());
  std::string_view zh;
  if (const election::CheckInfo* check = election::find_check(why.check)) zh = check->zh;
  for (const auto& [beginning, line] : kRefusals)
    if (zh.empty() && why.check.starts_with(beginning)) zh = line;
  if (!zh.empty()) std::fprintf(stderr, "  %.*s\n", static_cast<int>(zh.size()), zh.data());
}

}  // namespace tuixuan::kiosk
