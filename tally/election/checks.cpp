#include "tally/election/checks.h"

#include <array>

#include "crypto/codes/entries.h"

namespace tuixuan::election {

namespace {

constexpr std::array kGroups{
    CheckGroup{
        "log",
        {"日志：每条记录、默克尔根和服务器签名相符", "log: entries, Merkle root and the server's signature agree"}},
    CheckGroup{"E", {"每条记录：格式、作者、签名和先后次序", "entries: form, author, signature and order"}},
    CheckGroup{"V01", {"选举办法：门限、名单和密钥无误", "scheme: thresholds, officers and keys are consistent"}},
    CheckGroup{"V02", {"领票凭条清单：无重复，密钥有效", "slips: none twice, every credential valid"}},
    CheckGroup{"V03", {"密钥仪式第一步：承诺和持有证明", "key ceremony: commitments and proofs of possession"}},
    CheckGroup{"V04", {"密钥仪式第二步：份额与承诺相符", "key ceremony: shares fit the commitments"}},
    CheckGroup{"V05", {"密钥仪式第三步：公钥计算无误", "key ceremony: the public keys are right"}},
    CheckGroup{"A", {"到会人数：数目相符，达到法定人数", "attendance: the numbers agree and make a quorum"}},
    CheckGroup{"C",
               {"各环节的衔接：候选人、公示、另行选举、报批都按办法进行",
                "the thread: candidates, notices, further rounds and reports follow the scheme"}},
    CheckGroup{"V06", {"开始投票：各方对同一内容签名", "opening: everyone signed the same opening"}},
    CheckGroup{"V07", {"记录种类已知", "every kind of entry is known"}},
    CheckGroup{
        "V08",
        {"选票：凭条、格式、投票机签名和零知识证明", "ballots: slip, form, kiosk signature, proof of knowledge"}},
    CheckGroup{"V09", {"选票：一凭条一票，不重、不漏、不复制", "ballots: one per slip; none twice, missing or copied"}},
    CheckGroup{"V10", {"作废凭条：手续完备，未曾投票", "voided slips: signed by those who may, and unused"}},
    CheckGroup{"V11", {"查验的选票：打开后与密文一致", "challenged ballots: what was opened is what was sealed"}},
    CheckGroup{"V12", {"投票结束：票数、凭条和投票机账目平衡", "closing: ballots, slips and kiosks balance"}},
    CheckGroup{"V13", {"混票：每次打乱都没有增、删、改票", "mixing: no ballot added, removed or changed"}},
    CheckGroup{"V14", {"解密：每份部分解密都正确", "decryption: every partial decryption is right"}},
    CheckGroup{"V15", {"计票：重新计算的结果与公布一致", "count: recomputed and equal to what was published"}},
};

constexpr std::string_view name_of_group(Code check) {
  if (check == code::record::incomplete) return "V15";
  switch (check.area()) {
    case Area::E01:
    case Area::E02:
    case Area::E03:
    case Area::E04:
    case Area::E05:
    case Area::E06:
    case Area::E07:
    case Area::E08:
    case Area::E09:
      return "E";
    case Area::A01:
    case Area::A02:
    case Area::A03:
      return "A";
    case Area::C01:
    case Area::C02:
    case Area::C03:
    case Area::C04:
    case Area::C05:
    case Area::C06:
    case Area::C07:
      return "C";
    case Area::V01:
      return "V01";
    case Area::V02:
      return "V02";
    case Area::V03:
      return "V03";
    case Area::V04:
      return "V04";
    case Area::V05:
      return "V05";
    case Area::V06:
      return "V06";
    case Area::V07:
      return "V07";
    case Area::V08:
      return "V08";
    case Area::V09:
      return "V09";
    case Area::V10:
      return "V10";
    case Area::V11:
      return "V11";
    case Area::V12:
      return "V12";
    case Area::V13:
      return "V13";
    case Area::V14:
      return "V14";
    case Area::V15:
      return "V15";
    default:
      return "log";
  }
}

}  // namespace

std::span<const CheckGroup> check_groups() { return kGroups; }

const CheckGroup& group_of(Code check) {
  const std::string_view name = name_of_group(check);
  for (const CheckGroup& group : kGroups)
    if (group.name == name) return group;
  return kGroups[0];
}

}  // namespace tuixuan::election
