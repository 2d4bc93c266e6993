#include "tally/election/counting.h"

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/batch/decode.h"
#include "crypto/codes/entries.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/encoding.h"
#include "tally/ballot/codec.h"
#include "tally/count/attendance.h"
#include "tally/election/settlement.h"
#include "tally/scheme/report.h"

namespace tuixuan::election {

using primitives::Point;

std::vector<Point> open_ballots(const ContestState& contest, std::span<const TrusteeIndex> trustees, unsigned threads) {
  std::vector<protocol::PartialDecryption> parts;
  for (const TrusteeIndex t : trustees) parts.push_back({t, contest.decryptions.at(t)});
  return protocol::combine(contest.list, parts, threads);
}

std::optional<std::vector<Point>> opened_as_published(const ContestState& contest,
                                                      std::span<const TrusteeIndex> trustees, ByteView published,
                                                      unsigned threads) {
  Reader r(published, "opened ballots", code::V15::count);
  const std::size_t n = r.u32();
  const std::size_t w = r.u32();
  if (!r.ok() || n != contest.list.size() || w != contest.width || r.left() != Point::kSize * n * w) return {};
  const ByteView bytes = r.fixed(r.left());
  std::vector<Point> points(n * w);
  std::vector<std::uint8_t> ok(points.size());
  batch::decode_points_if(bytes, points, ok, threads);
  for (std::size_t i = 0; i < points.size(); ++i)  // an opened point may be the identity, 32 zero bytes
    if (ok[i] == 0 && !equal(bytes.subspan(Point::kSize * i, Point::kSize), points[i].view())) return {};
  std::vector<protocol::PartialDecryption> parts;
  for (const TrusteeIndex t : trustees) parts.push_back({t, contest.decryptions.at(t)});
  if (!protocol::combines_to(points, contest.list, parts, threads)) return {};
  return points;
}

Bytes encode_opened(std::span<const Point> points, std::size_t width) {
  Writer w;
  w.count(points.size() / width).count(width);
  for (const Point& p : points) w.fixed(p.view());
  return w.take();
}

std::vector<Result<Bytes>> opened_contents(std::span<const Point> points, std::size_t width) {
  std::vector<Result<Bytes>> out;
  for (std::size_t at = 0; at < points.size(); at += width)
    out.push_back(protocol::decode_content(points.subspan(at, width)));
  return out;
}

Bytes make_report(const State& state, const StageState& stage, std::span<const std::vector<Point>> opened,
                  unsigned threads, batch::Checking checking) {
  const tally::Scheme& scheme = *state.plan;
  const tally::Stage& plan = scheme.stages[stage.stage];
  scheme::Report report{scheme.congress.id, plan.id, plan.kind, scheme.rehearsal, numbers_of(stage), {}};
  for (std::size_t i = 0; i < stage.contests.size(); ++i) {
    const tally::Contest& contest = scheme.contests[stage.contests[i].contest];
    tally::ContestCount count(contest, report.numbers, stage.contests[i].spellings,
                              tally::written_of(*stage.attendance, contest));
    const std::size_t width = stage.contests[i].width;
    const auto contents = checking == batch::Checking::exact ? opened_contents(opened[i], width)
                                                             : protocol::decode_contents(opened[i], width, threads);
    for (const Result<Bytes>& content : contents)
      count.add(content ? tally::decode(contest, *content) : tl::unexpected<Error>(content.error()));
    report.contests.push_back(count.finish());
  }
  return scheme::write_report(report);
}

}  // namespace tuixuan::election
