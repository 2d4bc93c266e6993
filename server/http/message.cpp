#include "server/http/message.h"

#include <algorithm>
#include <boost/json.hpp>

#include "tally/client/error_kind.h"
#include "tally/election/checks.h"

namespace tuixuan::http {

namespace {

struct ServerCheck {
  std::string_view name;
  unsigned status;
  std::string_view zh;
  std::string_view en;
};
constexpr ServerCheck kServerChecks[] = {
    {"server.busy", 503, "服务器正忙，请稍候再发；本机的记录不会丢失",
     "the server is busy; send again in a moment, nothing is lost"},
    {"server.storage", 503, "服务器磁盘无法写入，请通知管理员；未收下任何内容",
     "the server's disk cannot be written; tell the operator, nothing was taken"},
    {"server.uncertain", 503, "写盘时出错，不知道是否已经收下；请把同一内容再发一次，不会重复",
     "the disk failed in the middle: it is not known whether this was taken; send the same again, it counts once"},
    {"server.trouble", 500, "服务器自己出了故障，请通知管理员；什么也没有丢失",
     "the server itself failed; tell the operator, nothing is lost"},
    {"server.stopping", 503, "服务器正在关闭，请稍候再发", "the server is being stopped; send again later"},
    {"server.superseded", 503, "这台服务器已被取代，不再收选票；新地址见 /v1/epoch，投票机会自己找到",
     "this server has been replaced and takes nothing more; /v1/epoch says where the log is now, kiosks find it "
     "themselves"},
    {"server.asking", 503, "服务器刚启动，正在向见证人核对日志长度；请稍候再发",
     "the server has just started and asks the witnesses how long the log is; send again later"},
    {"server.standby", 503, "备用服务器没有确认，什么也没有收下；请检查备用服务器，或由监票人决定单机继续",
     "the standby has not confirmed, nothing was taken; see to it, or the supervisors decide to go on without it"},
    {"server.epoch", 503, "服务器读不出自己的换机声明，暂不收条目；请检查磁盘",
     "the server cannot read which epoch it serves and takes nothing; see to its disk"},
    {"epoch.conflict", 503, "警报：监票人签了两份同一编号的换机声明；须另签更高编号的一份",
     "alarm: the supervisors signed two statements of one epoch; they must sign a higher one"},
    {"epoch.supervisors", 403, "这份换机声明没有两位监票人的签名", "this epoch is not signed by two supervisors"},
    {"epoch.form", 400, "这不是本日志的换机声明", "this is no epoch of this log"},
    {"server.unknown", 404, "日志中没有这一条", "the log has no such entry"},
    {"server.upload", 403, "无权存放此对象：密钥不在选举办法中，或签名不对",
     "this object may not be stored: the key has no role, or the signature is wrong"},
    {"witness.form", 400, "不是带签名的检查点", "this is no signed checkpoint"},
    {"witness.signature", 403, "检查点没有本日志的正确签名", "the checkpoint has no good signature of this log"},
    {"witness.cosignature", 403, "见证签名不对", "the witness's cosignature is wrong"},
    {"witness.unknown", 403, "见证人不在选举办法中", "the witness is not one of this congress"},
    {"witness.size", 400, "本日志没有这一长度的检查点", "this log signed no checkpoint of that size"},
    {"log.fork", 409, "警报：日志密钥签过另一本日志", "alarm: the log's key has signed another log"},
    {"log.rollback", 409, "警报：日志比签过的短，条目丢失",
     "alarm: the log is shorter than it was, entries are missing"},
    {"http.target", 404, "没有这个地址", "there is nothing at this address"},
    {"http.method", 405, "此地址不支持这种请求", "this address does not take this kind of request"},
    {"http.size", 413, "内容过大", "the content is too large"},
    {"http.length", 411, "内容必须用 Content-Length 说明长度", "the content must say its length by Content-Length"},
    {"http.body", 400, "这种请求不带内容", "this kind of request has no body"},
    {"http.range", 416, "没有所要的那一段", "there is no such part of the content"},
    {"http.form", 400, "请求的格式不对", "the request is malformed"},
    {"ledger.absent", 404, "没有这个对象", "there is no such object"},
    {"ledger.range", 404, "日志还没有这么长", "the log is not that long yet"},
    {"ledger.object", 400, "内容与所报的哈希不符", "the content does not have the hash it was announced with"},
    {"log.tile", 404, "没有这个区块", "there is no such tile"},
};

const ServerCheck* find(std::string_view check) {
  const auto it = std::find_if(std::begin(kServerChecks), std::end(kServerChecks),
                               [&](const ServerCheck& c) { return c.name == check; });
  return it == std::end(kServerChecks) ? nullptr : it;
}

}  // namespace

Response text(std::string body, std::string type) { return {200, std::move(type), to_bytes(body), false, 0}; }
Response data(Bytes body) { return {200, "application/octet-stream", std::move(body), false, 0}; }
Response json(std::string body) { return {200, "application/json", to_bytes(body), false, 0}; }

// The fold's refusals are of the content (422); what fails in this machine is ours (500).
unsigned status_of(const Error& why) {
  if (const ServerCheck* check = find(why.check)) return check->status;
  return client::kind_of(why) == client::ErrorKind::mine ? 500 : 422;
}

Response refusal(const Error& why) {
  // A check without a sentence says its own text; that the server failed is said only where it did.
  const bool mine = client::kind_of(why) == client::ErrorKind::mine;
  std::string_view zh = mine ? "服务器出错，请通知管理员" : std::string_view(why.what);
  std::string_view en = mine ? "the server failed; tell the operator" : std::string_view(why.what);
  if (const ServerCheck* own = find(why.check)) {
    zh = own->zh;
    en = own->en;
  } else if (const election::CheckInfo* check = election::find_check(why.check)) {
    zh = check->zh;
    en = check->en;
  }
  const boost::json::object body{{"check", why.check}, {"what", why.what}, {"zh", zh}, {"en", en}};
  Response out = json(boost::json::serialize(body));
  out.status = status_of(why);
  if (out.status == 503) out.retry_after = 1;
  return out;
}

}  // namespace tuixuan::http
