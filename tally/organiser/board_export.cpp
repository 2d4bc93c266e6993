#include "tally/organiser/board_export.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "crypto/base/parallel.h"
#include "crypto/codes/organiser.h"
#include "server/board/site.h"
#include "server/verify/record.h"
#include "tally/client/congress_card.h"
#include "tally/organiser/tell.h"

namespace tuixuan::organiser {

namespace fs = std::filesystem;

namespace {

class RecordObjects final : public election::Objects {
 public:
  explicit RecordObjects(verify::Source& source) : source_(source) {}
  Result<Bytes> find(const Sha256& hash) const override {
    return source_.read("object/" + hash.hex(), election::kMaxObjectSize);
  }

 private:
  verify::Source& source_;
};

Result<std::vector<Bytes>> all_entries(verify::Source& source, std::uint64_t size) {
  std::vector<Bytes> out;
  for (const log::BundleId& bundle : log::bundles_of(size)) {
    TUIXUAN_TRY(entries, verify::read_bundle(source, bundle));
    out.insert(out.end(), entries.begin(), entries.end());
  }
  return out;
}

Result<void> write(const fs::path& file, const std::string& bytes) {
  std::error_code ec;
  fs::create_directories(file.parent_path(), ec);
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) return fail(code::board::write, file.string() + " cannot be written: " + std::strerror(errno));
  return {};
}

}  // namespace

Result<void> export_board(const std::string& record, const fs::path& folder) {
  TUIXUAN_TRY(source, verify::open_source(record, std::nullopt));
  verify::Known known;
  known.partial = true;
  const verify::Verification v = verify::verify_record(*source, known, hardware_threads());
  if (!v.ok) return tl::unexpected<Error>(v.failures.front().what);
  TUIXUAN_CHECK(verify::write_folder(*source, v, folder));
  TUIXUAN_TRY(entries, all_entries(*source, v.checkpoint->size));
  const RecordObjects objects(*source);
  board::Site site{v.state(), objects, *v.log, v.note, entries.size(), false, client::minutes_now(), {}, {}};
  if (v.witnesses.cosigned.size() >= v.witnesses.needed) site.witnessed = v.note;
  site.entries = [&](std::uint64_t from, std::uint64_t to) -> Result<std::vector<Bytes>> {
    if (from > to || to > entries.size()) return fail(code::board::page, "the record is not that long");
    return std::vector<Bytes>(entries.begin() + static_cast<std::ptrdiff_t>(from),
                              entries.begin() + static_cast<std::ptrdiff_t>(to));
  };
  site.receipt = [&](std::uint64_t index) -> Result<log::Receipt> {
    TUIXUAN_TRY(proof, v.state().tree.inclusion_proof(index, entries.size()));
    return log::Receipt{std::nullopt, index, proof, v.note};
  };
  const auto strokes = tally::StrokeTable::load();
  site.strokes = strokes ? &*strokes : nullptr;
  for (const std::string& path : board::paths(site)) {
    TUIXUAN_TRY(file, board::render(site, path));
    TUIXUAN_CHECK(write(folder / path, file.bytes));
  }
  say("公开页面已写入 " + folder.string(), "the public pages are in " + folder.string());
  return {};
}

}  // namespace tuixuan::organiser
