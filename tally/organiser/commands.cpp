#include "tally/organiser/commands.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "crypto/codes/base.h"
#include "crypto/codes/documents.h"
#include "crypto/codes/organiser.h"
#include "crypto/protocol/slip.h"
#include "hardware/devices/durable_file.h"
#include "server/verify/record.h"
#include "tally/client/key_file.h"
#include "tally/client/refusals.h"
#include "tally/election/digests.h"
#include "tally/organiser/attendance_input.h"
#include "tally/organiser/scheme_commands.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/scheme/beijing_time.h"
#include "tally/scheme/report_text.h"

namespace tuixuan::organiser {

namespace {

constexpr std::chrono::seconds kPatience{30};

Result<primitives::SigningKey> open_key(const std::string& file, std::string_view role, int passphrase_fd) {
  TUIXUAN_TRY(passphrase, client::read_passphrase(passphrase_fd, file + " 口令 / passphrase: ", false));
  return client::open_key_file(file, role, passphrase.reveal());
}

bool ask_at_terminal(const std::string& text) {
  std::printf("\n%s\n\n无误请输入 y，将由各位监票人签名 / y if right, to sign: ", text.c_str());
  std::fflush(stdout);
  std::string answer;
  return std::getline(std::cin, answer) && (answer == "y" || answer == "Y");
}

bool answer_yes(const std::string& text) {
  std::printf("%s\n", text.c_str());
  std::fflush(stdout);
  return true;
}

Result<Supervisors> supervisors(const Signing& o) { return signers(o, "supervisor"); }
Result<std::unique_ptr<client::Congress>> join(const CongressFile& file) { return join_congress(file); }

Result<BoxPapers> read_papers(const std::string& text) {
  const auto bad = [&] { return fail(code::step::box, "\"" + text + "\" is not BOX=CHECKED_IN,ISSUED,UNUSED"); };
  const auto equals = text.find('=');
  if (equals == std::string::npos || !is_short_name(text.substr(0, equals))) return bad();
  std::vector<std::uint64_t> numbers{0};
  bool digit = false;
  for (const char c : text.substr(equals + 1)) {
    if (c == ',' && digit && numbers.size() < 3) {
      numbers.push_back(0);
      digit = false;
    } else if (c >= '0' && c <= '9' && numbers.back() < 100'000'000) {
      numbers.back() = numbers.back() * 10 + static_cast<std::uint64_t>(c - '0');
      digit = true;
    } else {
      return bad();
    }
  }
  if (numbers.size() != 3 || !digit) return bad();
  return BoxPapers{BoxId{text.substr(0, equals)}, numbers[0], numbers[1], numbers[2]};
}

}  // namespace

Result<Supervisors> signers(const Signing& o, std::string_view role) {
  Supervisors out;
  for (const std::string& file : o.keys) {
    TUIXUAN_TRY(key, open_key(file, role, o.passphrase_fd));
    out.keys.push_back(std::move(key));
  }
  out.agree = o.yes ? answer_yes : ask_at_terminal;
  if (!o.as_of.empty()) {
    TUIXUAN_TRY(minutes, scheme::parse_beijing_time(o.as_of));
    out.as_of = minutes;
  }
  return out;
}

Result<std::unique_ptr<client::Congress>> join_congress(const CongressFile& file) {
  TUIXUAN_TRY(card, client::load_card(file.card));
  auto congress = client::Congress::join(card, kPatience, hardware_threads());
  if (congress && !file.exact)
    (*congress)->go_on_from(
        {snapshot::beside_card(file.card), [](const Error& why) { client::tell_refusal("tuixuan", why); }, 1});
  return congress;
}

// --- before the log is there -----------------------------------------------------------------------------------------

Result<void> make_key(const KeyOptions& o) {
  TUIXUAN_TRY(passphrase, client::read_passphrase(o.passphrase_fd, "新口令 / new passphrase: ", true));
  TUIXUAN_TRY(key, client::make_key_file(o.file, o.role, passphrase.reveal(), client::strength(o.light)));
  std::printf("%s\n", key.hex().c_str());
  return {};
}

Result<void> found(const FoundOptions& o) {
  TUIXUAN_TRY(bytes, read_checked_scheme(o.scheme, scheme::Use::sealed));
  TUIXUAN_TRY(pin, array_from_hex<32>(o.pin));
  TUIXUAN_TRY(key, open_key(o.key, "organiser", o.passphrase_fd));
  TUIXUAN_TRY(card, found_congress(o.server, Sha256{pin}, bytes, key));
  const std::string text = client::write_card(card);
  const auto before = devices::read_all(o.card, text.size(), false, code::plain::card);
  if (!before || as_text(*before) != text) TUIXUAN_CHECK(devices::write_new(o.card, as_bytes(text), code::plain::card));
  say("选举办法已冻结为第 0 条记录；各机器凭 " + o.card + " 加入",
      "the scheme is frozen as entry 0; every machine joins with " + o.card);
  return {};
}

// --- the desk --------------------------------------------------------------------------------------------------------

static void remove_slips(const SlipsOptions& o) {
  std::error_code ec;
  std::filesystem::remove(o.sheet, ec);
  if (!o.codes.empty()) std::filesystem::remove(o.codes, ec);
}

static Result<void> keep_slips(const SlipsOptions& o, const PrintedSlips& made) {
  TUIXUAN_CHECK(devices::write_new(o.sheet, made.sheet, code::slips::sheet));
  if (o.codes.empty()) return {};
  std::string lines;
  for (const std::string& code : made.codes) lines += code + "\n";
  const auto written = devices::write_new(o.codes, as_bytes(lines), code::slips::codes);
  std::error_code ec;
  if (!written) std::filesystem::remove(o.sheet, ec);  // ours, and none of its slips is public
  return written;
}

// Their publication failed: files of slips that surely nobody will accept are removed, others are kept.
static tl::unexpected<Error> not_published(client::Congress& congress, const SlipsOptions& o, Error why) {
  const bool none = congress.sync() && std::none_of(o.rounds.begin(), o.rounds.end(), [&](unsigned round) {
                      return congress.state().slip_lists.contains({BoxId{o.box}, static_cast<std::uint8_t>(round)});
                    });
  if (none) {
    remove_slips(o);
    return tl::unexpected(std::move(why));
  }
  return fail(why.check, why.what + "\n这些凭条可能已经公布，" + o.sheet +
                             " 保留；请用 tuixuan status 查看哪些轮次还缺凭条\nthese slips may be public already, so " +
                             o.sheet + " is kept; see with tuixuan status which rounds still lack slips");
}

Result<void> slips(const SlipsOptions& o) {
  std::vector<std::uint8_t> rounds;
  for (const unsigned round : o.rounds) rounds.push_back(static_cast<std::uint8_t>(round));
  TUIXUAN_TRY(desk, open_key(o.signing.keys.front(), "desk", o.signing.passphrase_fd));
  TUIXUAN_TRY(congress, join(o.signing.congress));
  bool kept = false;
  const auto made = make_slips(*congress, BoxId{o.box}, rounds, o.count, desk, [&](const PrintedSlips& printed) {
    const auto written = keep_slips(o, printed);
    kept = written.has_value();
    return written;
  });
  if (!made && kept) return not_published(*congress, o, made.error());
  TUIXUAN_CHECK(made);
  const std::string n = std::to_string(o.count);
  say(n + " 张凭条：请打印 " + o.sheet + "，剪开、打乱，然后删除该文件",
      n + " slips: print " + o.sheet + ", cut, shuffle, then delete the file");
  return {};
}

Result<void> void_one(const Signing& o, const std::string& reason) {
  TUIXUAN_TRY(who, supervisors(o));
  TUIXUAN_TRY(congress, join(o.congress));
  std::printf("扫描或输入凭条 / scan or type the slip: ");
  std::fflush(stdout);
  std::string code;
  std::getline(std::cin, code);
  const auto voided = void_slip(*congress, StageId{o.stage}, code, reason, who);
  primitives::wipe({reinterpret_cast<std::uint8_t*>(code.data()), code.size()});
  TUIXUAN_CHECK(voided);
  say("凭条已作废，可换发一张", "the slip is void; another may be given");
  return {};
}

// --- the supervisors -------------------------------------------------------------------------------------------------

Result<void> attendance(const AttendanceOptions& o) {
  TUIXUAN_TRY(who, supervisors(o.signing));
  TUIXUAN_TRY(congress, join(o.signing.congress));
  tally::Attendance there = o.numbers;
  there.stage = StageId{o.signing.stage};
  there.with_vote =
      there.registered - std::min(there.registered, there.probationary + there.on_probation + there.suspended);
  there.expected = there.with_vote;
  if (!o.file.empty()) {
    TUIXUAN_CHECK(congress->sync());
    if (!congress->state().plan) return fail(code::step::scheme, "the log has no scheme yet");
    TUIXUAN_TRY(stage, stage_of(*congress->state().plan, o.signing.stage));
    TUIXUAN_TRY(read, attendance_from(o.file, *congress->state().plan, stage, paper::BoxNumbers::not_yet));
    there = std::move(read);
  }
  TUIXUAN_CHECK(take_attendance(*congress, there, who));
  say("到会人数已记录", "attendance is on the log");
  return {};
}

Result<void> open(const Signing& o) {
  TUIXUAN_TRY(who, supervisors(o));
  TUIXUAN_TRY(congress, join(o.congress));
  TUIXUAN_CHECK(open_stage(*congress, StageId{o.stage}, who).map([](const Hash64&) {}));
  say("已签署开始投票；各保管人核对数字同意后，投票机即可使用",
      "the opening is signed; kiosks start when the trustees have compared the digits and agreed");
  return {};
}

Result<void> kiosk_lost(const Signing& o, const std::string& kiosk, const std::string& reason) {
  TUIXUAN_TRY(who, supervisors(o));
  TUIXUAN_TRY(congress, join(o.congress));
  TUIXUAN_CHECK(declare_kiosk_lost(*congress, StageId{o.stage}, KioskId{kiosk}, reason, who));
  say("投票机 " + kiosk + " 失联，已记录", "kiosk " + kiosk + " is lost, and it is on the log");
  return {};
}

Result<void> trustee_lost(const Signing& o, unsigned trustee, const std::string& reason) {
  TUIXUAN_TRY(who, supervisors(o));
  TUIXUAN_TRY(congress, join(o.congress));
  TUIXUAN_CHECK(declare_trustee_lost(*congress, TrusteeIndex{trustee}, reason, who));
  say("密钥保管人失联，已记录", "the lost trustee is on the log");
  return {};
}

Result<void> close(const Signing& o, const std::vector<std::string>& papers) {
  std::vector<BoxPapers> boxes;
  for (const std::string& text : papers) {
    TUIXUAN_TRY(box, read_papers(text));
    boxes.push_back(box);
  }
  TUIXUAN_TRY(who, supervisors(o));
  TUIXUAN_TRY(congress, join(o.congress));
  TUIXUAN_CHECK(close_stage(*congress, StageId{o.stage}, boxes, who).map([](const Hash64&) {}));
  say("投票结束，已签署；等待各保管人同意、混票、解密", "the close is signed; now the trustees agree, mix and decrypt");
  return {};
}

Result<void> count(const Signing& o) {
  TUIXUAN_TRY(who, supervisors(o));
  TUIXUAN_TRY(congress, join(o.congress));
  TUIXUAN_CHECK(count_stage(*congress, StageId{o.stage}, who, hardware_threads()).map([](const scheme::Report&) {}));
  say("结果已签署并公布", "the result is signed and published");
  return {};
}

// --- reading ---------------------------------------------------------------------------------------------------------

Result<void> export_record(const std::string& card_file, const std::string& file) {
  TUIXUAN_TRY(card, client::load_card(card_file));
  TUIXUAN_TRY(source, verify::open_server(card.server, Sha256{card.pin}));
  TUIXUAN_TRY(log, log::parse_vkey(card.log));
  verify::Known known;
  known.log = log;
  known.organiser = primitives::VerifyKey{card.organiser};
  known.partial = true;
  const verify::Verification v = verify::verify_record(*source, known, hardware_threads());
  if (!v.ok) return tl::unexpected<Error>(v.failures.front().what);
  TUIXUAN_CHECK(verify::write_archive(*source, v, file));
  say("记录已导出：" + file, "the record is exported: " + file);
  return {};
}

}  // namespace tuixuan::organiser
