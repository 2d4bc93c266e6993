// A record as files (crypto/README.md, "Record"): read by bundles, and written whole into a folder or one tar file.
// Written from a record that was verified; the same record gives the same bytes.
#pragma once

#include "server/verify/verify.h"

namespace tuixuan::verify {

[[nodiscard]] Result<std::vector<Bytes>> read_bundle(Source&, const log::BundleId&);

// Every path of the record, in the order in which it is written.
std::vector<std::string> record_paths(const Verification&);

// Copies from the source. Refuses a path where anything is already; error "record.write". What is there at the end is
// whole and on the disk.
[[nodiscard]] Result<void> write_archive(Source&, const Verification&, const std::filesystem::path& file);
[[nodiscard]] Result<void> write_folder(Source&, const Verification&, const std::filesystem::path& folder);

}  // namespace tuixuan::verify
