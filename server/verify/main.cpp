// tuixuan-verify: checks a published record, without asking anyone.
#include <malloc.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "crypto/base/parallel.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "hardware/terminal/command_line.h"
#include "server/verify/present.h"
#include "tally/client/refusals.h"

namespace tuixuan::verify {

struct Options {
  std::string source;
  std::string log;
  std::string organiser;
  std::string pin;
  std::vector<std::string> checkpoints;
  std::vector<std::string> receipts;
  std::vector<std::string> trackers;
  std::string language = "zh";
  bool partial = false;
  bool exact = false;
  bool json = false;
  unsigned threads = hardware_threads();
};

static int tell(const Error& why) {
  client::tell_refusal("tuixuan-verify", why);
  return 2;
}

static Result<std::vector<Named>> read_texts(const std::vector<std::string>& files) {
  std::vector<Named> out;
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::string text(log::kMaxReceiptSize + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad() || in.gcount() == 0) return fail(code::record::open, file + " cannot be read");
    text.resize(static_cast<std::size_t>(in.gcount()));
    out.push_back({file, std::move(text)});
  }
  return out;
}

static Result<Known> known_from(const Options& o) {
  Known known;
  known.partial = o.partial;
  known.exact = o.exact;
  if (!o.log.empty()) {
    TUIXUAN_TRY(key, log::parse_vkey(o.log));
    known.log = std::move(key);
  }
  if (!o.organiser.empty()) {
    TUIXUAN_TRY(key, array_from_hex<32>(o.organiser));
    known.organiser = primitives::VerifyKey{key};
  }
  TUIXUAN_TRY(checkpoints, read_texts(o.checkpoints));
  TUIXUAN_TRY(receipts, read_texts(o.receipts));
  known.checkpoints = std::move(checkpoints);
  known.receipts = std::move(receipts);
  for (const std::string& t : o.trackers) known.trackers.push_back({t, t});
  return known;
}

// One line that is drawn over on a terminal; elsewhere a line for every tenth, so that a log shows life too.
class ProgressBar {
 public:
  explicit ProgressBar(bool en) : en_(en), terminal_(::isatty(STDERR_FILENO) == 1) {}
  void show(const Progress& p) {
    const std::uint64_t tenth = p.size == 0 ? 0 : p.done * 10 / p.size;
    const auto now = std::chrono::steady_clock::now();
    const bool due = now - last_ > std::chrono::milliseconds(terminal_ ? 100 : 10'000) || p.done == p.size;
    if (!due && (terminal_ || tenth == tenth_)) return;
    if (!terminal_ && p.size < 1000 && !due) return;
    last_ = now;
    tenth_ = tenth;
    std::string bar;
    for (std::uint64_t i = 0; i < 10; ++i) bar += i < tenth ? "█" : "░";
    std::fprintf(stderr, "%s%s %llu/%llu %.*s%s", terminal_ ? "\r" : "", bar.c_str(),
                 static_cast<unsigned long long>(p.done), static_cast<unsigned long long>(p.size),
                 static_cast<int>((en_ ? p.en : p.zh).size()), (en_ ? p.en : p.zh).data(), terminal_ ? "\x1b[K" : "\n");
    if (terminal_ && p.done == p.size) std::fputs("\n", stderr);
    std::fflush(stderr);
  }

 private:
  const bool en_;
  const bool terminal_;
  std::uint64_t tenth_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

static int run(const Options& o) {
  std::optional<Sha256> pin;
  if (!o.pin.empty()) {
    const auto bytes = array_from_hex<32>(o.pin);
    if (!bytes) return tell(bytes.error());
    pin = Sha256{*bytes};
  }
  const auto known = known_from(o);
  if (!known) return tell(known.error());
  const auto source = open_source(o.source, pin);
  if (!source) return tell(source.error());
  // A server that does not answer, or only says that it is in trouble, has shown nothing that could be wrong.
  if (const auto there = (*source)->read("checkpoint", log::kMaxNoteSize);
      !there && kind_of(there.error()) == ErrorKind::later) {
    std::fprintf(stderr,
                 "tuixuan-verify: %s\n没有从 %s 读到任何记录；请检查地址、网络和服务器，或改用导出的记录文件\n"
                 "nothing was read from %s; check the address, the network and the server, or use an exported record\n",
                 there.error().text().c_str(), o.source.c_str(), o.source.c_str());
    return 2;
  }
  ProgressBar bar(o.language == "en");
  const Verification v = verify_record(**source, *known, o.threads, [&](const Progress& p) { bar.show(p); });
  std::fputs((o.json ? to_json(v) + "\n" : to_text(v, o.language)).c_str(), stdout);
  return v.ok ? 0 : 1;
}

}  // namespace tuixuan::verify

int main(int argc, char** argv) {
  // Sums want some megabytes again and again: kept, not given back to the system and taken anew, page by page.
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
  CLI::App app{"推选 Tuixuan: 验证一份公布的记录 / verify a published record"};
  tuixuan::verify::Options o;
  app.add_option("record", o.source, "folder, exported file (.tuixuan) or https:// address")->required();
  app.add_option("--log", o.log, "public key of the log that you know from elsewhere (name+id+key)");
  app.add_option("--organiser", o.organiser, "public key of the organiser that you know from elsewhere");
  app.add_option("--pin", o.pin, "key of the server at an https:// address (SHA-256)");
  app.add_option("--checkpoint", o.checkpoints, "file with an earlier checkpoint that the record must continue");
  app.add_option("--receipt", o.receipts, "file with a receipt whose entry must be in the record");
  app.add_option("--tracker", o.trackers, "tracker of a ballot, as the kiosk showed it");
  app.add_flag("--partial", o.partial, "the congress is still under way: no result is expected");
  app.add_flag("--exact", o.exact,
               "check every proof by itself, with libsodium alone: the same verdict, ten to thirty times the work");
  app.add_flag("--json", o.json, "write JSON (tuixuan-verification/1)");
  app.add_option("--lang", o.language, "zh or en")->check(CLI::IsMember({"zh", "en"}))->capture_default_str();
  app.add_option("--threads", o.threads, "threads")->check(CLI::Range(1, 256))->capture_default_str();
  app.footer("Exit status: 0 only if everything holds, 1 if something does not, 2 if there was nothing to check.");
  if (const auto status = tuixuan::terminal::read_command_line(app, argc, argv)) return *status;
  return tuixuan::verify::run(o);
}
