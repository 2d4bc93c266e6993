#include "tally/election/bodies.h"

#include "crypto/primitives/hash.h"
#include "tally/election/body_fields.h"

namespace tuixuan::election {

using primitives::Point;

ObjectRef ObjectRef::of(ByteView bytes) { return {primitives::sha256(bytes), bytes.size()}; }

static TrusteeIndex read_trustee(Reader& r) { return TrusteeIndex{r.u32()}; }

static Point read_point(Reader& r) {
  auto p = Point::decode(r.fixed(32));
  if (!p) r.refuse("a point that is not canonical");
  return p.value_or(Point{});
}

// --- one pair for each body, in the order of bodies.h ----------------------------------------------------------------

Bytes SchemeBody::encode() const {
  Writer w;
  write_object(w, scheme);
  return w.take();
}
Result<SchemeBody> SchemeBody::decode(ByteView bytes) {
  return decode_body<SchemeBody>(bytes, "scheme entry", [](Reader& r, SchemeBody& b) { b.scheme = read_object(r); });
}

Bytes CeremonyBody::encode() const { return Writer().u32(attempt).u32(trustee.value).blob(message).take(); }
Result<CeremonyBody> CeremonyBody::decode(ByteView bytes) {
  return decode_body<CeremonyBody>(bytes, "ceremony entry", [](Reader& r, CeremonyBody& b) {
    b.attempt = r.u32();
    b.trustee = read_trustee(r);
    b.message = to_bytes(r.blob(60000));
  });
}

Bytes ComplaintBody::encode() const {
  return Writer().u32(attempt).u32(complainer.value).u32(dealer.value).fixed(opened_key.bytes()).take();
}
Result<ComplaintBody> ComplaintBody::decode(ByteView bytes) {
  return decode_body<ComplaintBody>(bytes, "complaint", [](Reader& r, ComplaintBody& b) {
    b.attempt = r.u32();
    b.complainer = read_trustee(r);
    b.dealer = read_trustee(r);
    const auto e = primitives::Scalar::decode(r.fixed(32));
    if (!e) r.refuse("a scalar that is not canonical");
    b.opened_key = e.value_or(primitives::Scalar{});
  });
}

Bytes SlipsBody::encode() const {
  Writer w;
  w.text(box.name).u8(round);
  write_object(w, list);
  return w.take();
}
Result<SlipsBody> SlipsBody::decode(ByteView bytes) {
  return decode_body<SlipsBody>(bytes, "list of slips", [](Reader& r, SlipsBody& b) {
    b.box = read_name<BoxId>(r);
    b.round = r.u8();
    b.list = read_object(r);
  });
}

// The numbers of people are u32 on the log: sums of them cannot overflow.
static Writer& people(Writer& w, std::uint64_t n) {
  if (n > 0xffffffffU) bug("more people than an entry can hold");
  return w.u32(static_cast<std::uint32_t>(n));
}

Bytes AttendanceBody::encode() const {
  Writer w;
  w.text(there.stage.name);
  for (const std::uint64_t n :
       {there.registered, there.probationary, there.on_probation, there.suspended, there.with_vote})
    people(w, n);
  w.count(there.excluded.size());
  for (const auto& x : there.excluded) {
    people(w.text(x.ground), x.persons);
    people(w.text(x.consent), x.votes_for);
  }
  people(people(w, there.expected), there.present).count(there.absent.size());
  for (const auto& x : there.absent) people(w.text(x.reason), x.persons);
  w.count(there.written.size());
  for (const auto& x : there.written) {
    w.text(x.contest.name).u32(x.subject);
    people(people(w, x.approve), x.oppose);
  }
  return w.take();
}
Result<AttendanceBody> AttendanceBody::decode(ByteView bytes) {
  return decode_body<AttendanceBody>(bytes, "attendance", [](Reader& r, AttendanceBody& b) {
    tally::Attendance& a = b.there;
    a.stage = read_name<StageId>(r);
    for (std::uint64_t* n : {&a.registered, &a.probationary, &a.on_probation, &a.suspended, &a.with_vote}) *n = r.u32();
    a.excluded.resize(r.count(kMaxItems, 16));
    for (auto& x : a.excluded) {
      x.ground = r.text(kMaxText);
      x.persons = r.u32();
      x.consent = r.text(kMaxText);
      x.votes_for = r.u32();
    }
    a.expected = r.u32();
    a.present = r.u32();
    a.absent.resize(r.count(kMaxItems, 8));
    for (auto& x : a.absent) {
      x.reason = r.text(kMaxText);
      x.persons = r.u32();
    }
    a.written.resize(r.count(kMaxItems, 17));
    for (auto& x : a.written) {
      x.contest = read_name<ContestId>(r);
      x.subject = r.u32();
      x.approve = r.u32();
      x.oppose = r.u32();
    }
  });
}

Bytes SpellingsBody::encode() const {
  Writer w;
  w.text(stage.name).text(contest.name).count(names.size());
  for (const auto& [spelling, name] : names) w.text(spelling).text(name);
  return w.take();
}
Result<SpellingsBody> SpellingsBody::decode(ByteView bytes) {
  return decode_body<SpellingsBody>(bytes, "spellings", [](Reader& r, SpellingsBody& b) {
    b.stage = read_name<StageId>(r);
    b.contest = read_name<ContestId>(r);
    b.names.resize(r.count(kMaxItems, 8));
    for (auto& [spelling, name] : b.names) {
      spelling = r.text(kMaxText);
      name = r.text(kMaxText);
    }
  });
}

Bytes OpeningBody::encode() const {
  Writer w;
  w.text(stage.name).count(boxes.size());
  for (const OpeningBox& b : boxes) w.text(b.box.name).fixed(b.slips.view()).u64(b.slip_count);
  w.u64(log_size).fixed(log_root.view()).fixed(ceremony.view()).fixed(public_key.view()).count(trustee_keys.size());
  for (const Point& p : trustee_keys) w.fixed(p.view());
  return w.take();
}
Result<OpeningBody> OpeningBody::decode(ByteView bytes) {
  return decode_body<OpeningBody>(bytes, "opening", [](Reader& r, OpeningBody& b) {
    b.stage = read_name<StageId>(r);
    b.boxes.resize(r.count(kMaxItems, 45));
    for (OpeningBox& box : b.boxes) {
      box.box = read_name<BoxId>(r);
      box.slips.bytes = r.array<32>();
      box.slip_count = r.u64();
    }
    b.log_size = r.u64();
    b.log_root.bytes = r.array<32>();
    b.ceremony.bytes = r.array<64>();
    b.public_key = read_point(r);
    b.trustee_keys.resize(r.count(kMaxItems, 32));
    for (Point& p : b.trustee_keys) p = read_point(r);
  });
}

Bytes AgreementBody::encode() const { return Writer().text(stage.name).u32(trustee.value).fixed(digest.view()).take(); }
Result<AgreementBody> AgreementBody::decode(ByteView bytes) {
  return decode_body<AgreementBody>(bytes, "agreement", [](Reader& r, AgreementBody& b) {
    b.stage = read_name<StageId>(r);
    b.trustee = read_trustee(r);
    b.digest.bytes = r.array<64>();
  });
}

Bytes BallotEntryBody::encode() const {
  return Writer().blob(ballot).fixed(kiosk_signature.view()).blob(opening).take();
}
Result<BallotEntryBody> BallotEntryBody::decode(ByteView bytes) {
  return decode_body<BallotEntryBody>(bytes, "ballot entry", [](Reader& r, BallotEntryBody& b) {
    b.ballot = to_bytes(r.blob(65535));
    b.kiosk_signature.bytes = r.array<64>();
    b.opening = to_bytes(r.blob(65535));
  });
}

Bytes VoidSlipBody::encode() const { return Writer().text(stage.name).fixed(credential.view()).text(reason).take(); }
Result<VoidSlipBody> VoidSlipBody::decode(ByteView bytes) {
  return decode_body<VoidSlipBody>(bytes, "voided slip", [](Reader& r, VoidSlipBody& b) {
    b.stage = read_name<StageId>(r);
    b.credential.bytes = r.array<32>();
    b.reason = r.text(kMaxText);
  });
}

Bytes KioskEndBody::encode() const { return Writer().text(stage.name).text(kiosk.name).u64(last).text(reason).take(); }
Result<KioskEndBody> KioskEndBody::decode(ByteView bytes) {
  return decode_body<KioskEndBody>(bytes, "kiosk's last number", [](Reader& r, KioskEndBody& b) {
    b.stage = read_name<StageId>(r);
    b.kiosk = read_name<KioskId>(r);
    b.last = r.u64();
    b.reason = r.text(kMaxText);
  });
}

Bytes CloseBody::encode() const {
  Writer w;
  w.text(stage.name).u64(log_size).fixed(log_root.view());
  w.u64(cast).u64(challenged).u64(abandoned).u64(voided).count(boxes.size());
  for (const BoxAccount& b : boxes)
    w.text(b.box.name).u64(b.checked_in).u64(b.issued).u64(b.unused).u64(b.voided).u64(b.cast);
  w.count(kiosks.size());
  for (const KioskAccount& k : kiosks) w.text(k.kiosk.name).u64(k.last);
  w.count(struck.size());
  for (const std::uint64_t index : struck) w.u64(index);
  return w.take();
}
Result<CloseBody> CloseBody::decode(ByteView bytes) {
  return decode_body<CloseBody>(bytes, "close", [](Reader& r, CloseBody& b) {
    b.stage = read_name<StageId>(r);
    b.log_size = r.u64();
    b.log_root.bytes = r.array<32>();
    b.cast = r.u64();
    b.challenged = r.u64();
    b.abandoned = r.u64();
    b.voided = r.u64();
    b.boxes.resize(r.count(kMaxItems, 45));
    for (BoxAccount& box : b.boxes) {
      box.box = read_name<BoxId>(r);
      box.checked_in = r.u64();
      box.issued = r.u64();
      box.unused = r.u64();
      box.voided = r.u64();
      box.cast = r.u64();
    }
    b.kiosks.resize(r.count(kMaxItems, 13));
    for (KioskAccount& k : b.kiosks) {
      k.kiosk = read_name<KioskId>(r);
      k.last = r.u64();
    }
    b.struck.resize(r.count(8000, 8));
    for (std::uint64_t& index : b.struck) index = r.u64();
  });
}

Bytes MixBody::encode() const {
  Writer w;
  w.text(stage.name).text(contest.name).u32(position.value).u32(mixer.value);
  write_object(w, record);
  return w.take();
}
Result<MixBody> MixBody::decode(ByteView bytes) {
  return decode_body<MixBody>(bytes, "mix", [](Reader& r, MixBody& b) {
    b.stage = read_name<StageId>(r);
    b.contest = read_name<ContestId>(r);
    b.position = MixPosition{r.u32()};
    b.mixer = read_trustee(r);
    b.record = read_object(r);
  });
}

Bytes DecryptionBody::encode() const {
  Writer w;
  w.text(stage.name).text(contest.name).u32(trustee.value);
  write_object(w, record);
  return w.take();
}
Result<DecryptionBody> DecryptionBody::decode(ByteView bytes) {
  return decode_body<DecryptionBody>(bytes, "partial decryption", [](Reader& r, DecryptionBody& b) {
    b.stage = read_name<StageId>(r);
    b.contest = read_name<ContestId>(r);
    b.trustee = read_trustee(r);
    b.record = read_object(r);
  });
}

Bytes CountBody::encode() const {
  Writer w;
  w.text(stage.name).count(contests.size());
  for (const CountedContest& c : contests) {
    w.text(c.contest.name).count(c.trustees.size());
    for (const TrusteeIndex t : c.trustees) w.u32(t.value);
    write_object(w, c.opened);
  }
  write_object(w, report);
  return w.take();
}
Result<CountBody> CountBody::decode(ByteView bytes) {
  return decode_body<CountBody>(bytes, "count", [](Reader& r, CountBody& b) {
    b.stage = read_name<StageId>(r);
    b.contests.resize(r.count(kMaxItems, 49));
    for (CountedContest& c : b.contests) {
      c.contest = read_name<ContestId>(r);
      c.trustees.resize(r.count(kMaxItems, 4));
      for (TrusteeIndex& t : c.trustees) t = read_trustee(r);
      c.opened = read_object(r);
    }
    b.report = read_object(r);
  });
}

Bytes TrusteeLostBody::encode() const { return Writer().u32(trustee.value).text(reason).take(); }
Result<TrusteeLostBody> TrusteeLostBody::decode(ByteView bytes) {
  return decode_body<TrusteeLostBody>(bytes, "lost trustee", [](Reader& r, TrusteeLostBody& b) {
    b.trustee = read_trustee(r);
    b.reason = r.text(kMaxText);
  });
}

}  // namespace tuixuan::election
