#include "tally/client/refusals.h"

#include <cstdio>
#include <utility>

#include "tally/election/checks.h"

namespace tuixuan::client {

// What is refused before the log is asked, by the beginning of its check; the more exact ones first.
static constexpr std::pair<std::string_view, const char*> kRefusals[] = {
    {"step.early", "还没有到这一步，或已经办过；请用 tuixuan status 查看下一步由谁办理"},
    {"step.stage", "选举办法中没有这个环节；请用 tuixuan status 查看各环节"},
    {"step.box", "票箱或其数字不对；写法是 票箱=到场,发出,剩余，每个票箱一项"},
    {"step.kiosk", "没有这台投票机，或它不为这个环节服务；请核对编号"},
    {"step.key", "公钥不对；公钥是密钥持有人的程序显示的 64 位十六进制数"},
    {"step.contest", "选举办法中没有这一项；请用 tuixuan status 查看"},
    {"step.declined", "监票人没有同意，什么也没有签名；请核对之后重新运行"},
    {"step.nominees", "另行提名的候选人不对；请核对姓名和人数"},
    {"step.points", "分值的写法是 姓名=分值，每人一项"},
    {"step.slips", "请写明凭条的张数和用于哪几轮"},
    {"step.scheme", "选举办法、服务器或密钥彼此不符；请核对三者"},
    {"key.passphrase", "口令不能用：至少 8 个字节；没有终端时用 --passphrase-fd 给出"},
    {"key.code", "这个文件不是角色的签名密钥，做不成密钥卡；请用 tuixuan key 生成的文件"},
    {"key.damaged", "密钥卡没有读全；请再扫一次"},
    {"key.file", "密钥文件不能读写；已有的文件不会被覆盖，请核对路径和权限"},
    {"seal.memory", "内存不够，打不开密钥；请关闭其他程序后重试"},
    {"seal.", "密钥打不开：口令不对，或文件损坏、属于别的角色；请核对文件和口令"},
    {"net.address", "服务器地址不对；写法如 https://192.168.1.10:8443"},
    {"net.pin", "服务器的证书不是大会卡片所记的那一个；不要继续，请监票人核对"},
    {"listen.", "不能在这个地址上接收连接；写法如 0.0.0.0:8443，请换一个端口，或先结束占用它的程序"},
    {"net.", "连不上服务器；请检查地址和网络、服务器是否已启动，然后重试"},
    {"card", "大会卡片 congress.json 不能读写，或内容不对；已有的文件不会被覆盖"},
    {"slips.", "文件不能写入，凭条没有公布；已有的文件不会被覆盖，请换一个文件名后重试"},
    {"form.file", "文件不能写入；已有的文件不会被覆盖，请换一个文件名或文件夹"},
    {"form.kind", "没有这种表；请用 tuixuan form --help 查看各种表"},
    {"form.data", "日志里还没有这张表所需的数据；请用 tuixuan status 查看进行到哪一步"},
    {"attendance.", "到会情况的文件是别的环节的；请核对文件"},
    {"board.", "公开页面的文件不能写入，或记录不完整；请换一个文件夹"},
    {"scheme.file", "请核对选举办法的文件：哪里不对，上面已写明；改正后用 tuixuan scheme check 再查一遍"},
    {"scheme.out", "文件不能写入；已有的文件不会被覆盖，请换一个文件名"},
    {"scheme.", "选举办法不能这样起草；请按上面所说改正，或用 tuixuan scheme new --list 查看模板"},
    {"process", "程序启动不了；请检查内存、磁盘和安装是否完整"},
    {"demo.", "演示没有办成；请看上面的原因"},
    {"record", "记录不能读写，或不完整；已有的文件不会被覆盖"},
    {"kiosk.exists",
     "这个文件夹里已经有一台投票机，什么也没有改动；请把上面的公钥写入选举办法，或为新投票机另给 --dir"},
    {"kiosk.id", "投票机编号不能用：1 到 32 个字符，只用 a-z A-Z 0-9 . _ -"},
    {"kiosk.key", "投票机的密钥文件损坏；请停用本机，由监票人宣布它退出（tuixuan kiosk-lost）"},
    {"kiosk.folder", "投票机的文件夹不能读写；请检查路径、权限和磁盘"},
    {"kiosk.other_key",
     "选举办法里这台投票机的公钥是另一个；请装回原来的文件夹，或由两位监票人宣布它失效（tuixuan "
     "kiosk-lost）；凭条仍然有效"},
    {"kiosk.ended", "这台投票机的投票已经结束，不再接收凭条；凭条仍然有效，请到另一台投票"},
    {"kiosk.lost", "监票人已宣布这台投票机失效，不再接收凭条；凭条仍然有效，请到另一台投票"},
    {"kiosk.behind",
     "日志上有这台投票机的选票，它自己的记录里却没有：记录丢失了。请找回原来的磁盘，或由两位监票人宣布它失效（tuixuan "
     "kiosk-lost）"},
    {"kiosk.twice", "另有一台机器在用这个编号投票；请停用两台，由两位监票人宣布它失效（tuixuan kiosk-lost）"},
    {"kiosk.other_log", "这台投票机还存有上一次投票没有送达的选票，什么也没有改动；请先用上一次的大会卡片把它们送完"},
    {"kiosk.unreached", "连不上服务器；接通后自动继续"},
    {"kiosk.copy", "投票机所存的日志副本不能读写，或与日志不符；投票不受影响，请检查磁盘"},
    {"kiosk.enrolment", "选举办法里没有这台投票机；请核对编号和公钥"},
    {"kiosk.closed", "它的票箱现在没有开放的投票；请等监票人宣布开始"},
    {"kiosk.undelivered", "还有选票没有送达；等网络恢复后再办"},
    {"kiosk.pictures", "图片文件夹不能建立；请换一个位置"},
    {"kiosk.witness", "投票机见过的检查点不能读写；请检查磁盘，不要删除它"},
    {"input", "这一行投票人的写法不对，没有投票"},
    {"session.", "现在不是这一步；请从扫描凭条开始"},
    {"slip.box", "这张凭条属于另一个票箱；请到那里投票"},
    {"slip.used", "这张凭条已经投过票"},
    {"slip.", "这张凭条不能用于本次投票，或已作废；请到发票处询问"},
    {"journal.locked", "另一个程序正在用这台投票机的文件夹；请先结束它"},
    {"journal.full", "投票机的磁盘已满，没有投出；请腾出空间，会自动继续"},
    {"journal.unknown",
     "投票机的磁盘出错，不能确定最后一张是否已投出；修好磁盘后重新启动，再扫描凭条就会知道，不会算两次"},
    {"journal.log", "这台投票机的记录属于另一本日志；请核对大会卡片"},
    {"journal.", "投票机的日志文件打不开或写不进；请检查磁盘是否已满或损坏，不要删除它"},
    {"device.keystore", "密钥所在的文件夹不安全或读不出来；请检查路径和权限"},
    {"trustee.declined", "没有同意，什么也没有发出；请告诉监票人，核对之后重新运行"},
    {"trustee.folder", "密钥保管人的文件夹不能读写，或属于另一次大会；新的大会请用新文件夹"},
    {"trustee.identity", "这把密钥不是选举办法里的密钥保管人；请核对 --dir"},
    {"trustee.share", "这台设备没有本次大会的密钥份额，或份额不对；请核对 --dir"},
    {"trustee.", "拒绝解密：同一项已解密过另一份名单、混票次数不够，或票数少于办法所定；请报告监票人"},
    {"witness.folder", "见证人的文件夹不能读写，或属于另一本日志；请核对路径和权限，不要换回旧的备份"},
    {"witness.address", "见证人的写法不对；写法如 名称=http://192.168.1.20:8081"},
    {"witness.storage", "见证人的磁盘写不进，没有签署；请检查磁盘"},
    {"witness.fork", "这个文件不是两本日志的证据"},
    {"server.busy", "服务器正忙；没有丢失任何内容，请稍候重试"},
    {"server.storage", "服务器的磁盘写不进，不是网络的问题；请通知管理服务器的人，什么也没有丢失"},
    {"server.stopping", "服务器正在关闭；请稍候重试"},
    {"server.uncertain", "服务器写盘时出错，不知道是否已经收下；请把同一内容再发一次，不会重复"},
    {"server.trouble", "服务器自己出了故障，不是网络的问题；请通知管理服务器的人，什么也没有丢失"},
    {"server.unknown", "日志中没有这一条"},
    {"server.absent", "服务器上没有这个对象"},
    {"server.range", "日志还没有这么长"},
    {"server.object", "内容与所报的哈希不符，服务器没有收下"},
    {"server.upload", "无权在服务器上存放：密钥不在选举办法中，或签名不对"},
    {"server.record", "服务器的账本里有规则不接受的内容；不要改动它，用备份和公布的记录核对"},
    {"server.identity", "服务器的密钥文件不能读写；已有的文件不会被覆盖，请核对 --dir"},
    {"epoch.conflict", "警报：监票人签了两份同一编号的换机声明；须另签更高编号的一份（tuixuan-server alone）"},
    {"epoch.lower", "这里已有编号更高的换机声明，没有改动；请核对文件"},
    {"epoch.file", "换机声明的文件不能读写；请核对路径和权限"},
    {"epoch.supervisors", "这份换机声明没有两位监票人的签名；不要采用，请监票人核对"},
    {"epoch.", "这份换机声明不对，或属于另一本日志；请核对文件"},
    {"sealed.pair", "日志密钥的备份不是为这两位监票人封存的；请换成当时封存的两位"},
    {"sealed.", "日志密钥的备份损坏，或属于另一本日志；请核对文件"},
    {"server.superseded", "这台服务器已被取代；新地址在它的 /v1/epoch，投票机会自己找到"},
    {"server.standby",
     "备用服务器没有确认，什么也没有收下；请检查备用服务器，或由监票人决定单机继续（tuixuan-server alone）"},
    {"standby.promoted", "备用服务器已经转正；请用 tuixuan-server run 启动"},
    {"standby.", "备用服务器的设置不对；请核对 --standby 和 --standby-pin"},
    {"backup.other", "这个文件夹是另一台服务器的备份；请另给一个文件夹"},
    {"backup.", "备份的文件不能读写；请检查优盘和权限"},
    {"restore.ended", "日志到此为止：有签过名的条目已无人持有，不得用原密钥续写；涉及的回执已写在文件里，请监票人处理"},
    {"restore.behind", "有人见过更长的日志，没有签署；请找到持有那些条目的备份或投票机"},
    {"restore.absent",
     "还有投票机或见证人没有核对；请带来文件夹（--kiosk）、联系见证人（--witness），联系不上的由监票人用 --without "
     "写明"},
    {"restore.supervisors", "须由选举办法中的两位不同监票人签署；请核对 --key"},
    {"restore.lost", "另一台机器已接管日志，这一台没有签署；请核对监票人手里的新地址"},
    {"restore.other", "这个文件夹或记录不属于本日志，或已损坏；没有采用，请核对"},
    {"restore.kiosk", "这个文件夹的密钥不是选举办法中那台投票机的；没有采用，请核对"},
    {"restore.unclear", "两份副本互相矛盾，且没有签名可以分辨；请去掉不可信的一份再试"},
    {"restore.key", "备份里没有封存的日志密钥；请用 --sealed 给出，没有它日志不能继续"},
    {"restore.", "没有恢复，什么也没有签署；请核对上面所说的文件和文件夹"},
    {"server.organiser", "日志还是空的；请用 --organiser 给出组织者的公钥"},
    {"server.witness", "见证人的写法不对，或不在选举办法里；写法如 名称=http://192.168.1.20:8081"},
    {"http.descriptors", "本机允许打开的文件太少，服务器不能工作；请提高限额（ulimit -n 或单元的 LimitNOFILE）"},
    {"http.tls", "服务器的证书或密钥用不了；请核对 --dir"},
    {"ledger.full", "磁盘已满；请腾出空间后重试"},
    {"ledger.locked", "另一个程序正在用这本账；请先结束它"},
    {"ledger.readonly", "账本不能写；请核对权限和磁盘"},
    {"ledger.", "账本打不开或与它的哈希不符；请不要改动它，用备份和公布的记录核对"},
};

std::string_view in_chinese(std::string_view check) {
  if (const election::CheckInfo* of_the_log = election::find_check(check)) return of_the_log->zh;
  for (const auto& [beginning, line] : kRefusals)
    if (check.starts_with(beginning)) return line;
  return {};
}

void tell_refusal(std::string_view program, const Error& why) {
  const std::string_view zh = in_chinese(why.check);
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(program.size()), program.data(), why.text().c_str());
  if (!zh.empty()) std::fprintf(stderr, "  %.*s\n", static_cast<int>(zh.size()), zh.data());
}

}  // namespace tuixuan::client
