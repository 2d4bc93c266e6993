// Lists of points and scalars in records: strictly decoded, on several threads when there are many.
#pragma once

#include <vector>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/proofs/shuffle.h"

namespace tuixuan::protocol {

// n points from 32 n bytes. Error: the given check, with the position.
[[nodiscard]] Result<std::vector<primitives::Point>> unpack_points(ByteView bytes, Code check, unsigned threads,
                                                                   batch::Checking checking = batch::Checking::merged);
[[nodiscard]] Result<std::vector<primitives::Scalar>> unpack_scalars(ByteView bytes, Code check, unsigned threads);
void pack_points(Writer& w, std::span<const primitives::Point> points);
void pack_scalars(Writer& w, std::span<const primitives::Scalar> scalars);
void pack_row(Writer& w, const proofs::Row& row);

// Rows of one width from a flat list alpha, beta, alpha, beta, ...
std::vector<proofs::Row> rows_of(std::span<const primitives::Point> flat, std::size_t width);

}  // namespace tuixuan::protocol
