#include "tally/snapshot/state_bytes.h"

#include <algorithm>
#include <boost/pfr/core.hpp>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"

namespace tuixuan::snapshot {
namespace {

using primitives::Point;
using primitives::Scalar;

constexpr std::size_t kMany = 0xffffffffU;

template <class T>
constexpr bool is_number = std::is_integral_v<T> || std::is_enum_v<T>;
template <class T>
constexpr std::size_t least_size = 1;  // bytes of the shortest value, so that a count cannot ask for more memory
template <class Tag, std::size_t N>
constexpr std::size_t least_size<ByteId<Tag, N>> = N;

class Out {
 public:
  Bytes take() { return w_.take(); }

  template <class T>
  void put(const T& v) {
    if constexpr (is_number<T>) {
      number(v);
    } else {
      static_assert(std::is_aggregate_v<T>, "a type of the state that cannot be kept");
      boost::pfr::for_each_field(v, [&](const auto& field) { put(field); });
    }
  }
  void put(const std::string& v) { w_.text(v); }
  void put(const Bytes& v) { w_.blob(v); }
  void put(Code v) { w_.text(name_of(v)); }
  template <std::size_t N>
  void put(const ByteArray<N>& v) {
    w_.fixed(v);
  }
  void put(const Point& v) { w_.fixed(v.bytes()); }
  void put(const Scalar& v) { w_.fixed(v.bytes()); }
  void put(const log::Tree& v) {
    const auto leaves = v.subtrees(0);
    w_.count(leaves.size());
    for (const Sha256& leaf : leaves) put(leaf);
  }
  template <class T>
  void put(const std::optional<T>& v) {
    w_.u8(v ? 1 : 0);
    if (v) put(*v);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& v) {
    put(v.first);
    put(v.second);
  }
  template <class T>
  void put(const std::vector<T>& v) {
    all(v);
  }
  template <class T>
  void put(const std::set<T>& v) {
    all(v);
  }
  template <class K, class V>
  void put(const std::map<K, V>& v) {
    all(v);
  }
  template <class T, class H>
  void put(const std::unordered_set<T, H>& v) {
    ascending(v, [](const T& item) -> const T& { return item; });
  }
  template <class K, class V, class H>
  void put(const std::unordered_map<K, V, H>& v) {
    ascending(v, [](const auto& item) -> const K& { return item.first; });
  }

 private:
  template <class T>
  void number(T v) {
    const auto n = static_cast<std::uint64_t>(v);
    if constexpr (sizeof(T) == 1) w_.u8(static_cast<std::uint8_t>(n));
    if constexpr (sizeof(T) == 2) w_.u16(static_cast<std::uint16_t>(n));
    if constexpr (sizeof(T) == 4) w_.u32(static_cast<std::uint32_t>(n));
    if constexpr (sizeof(T) == 8) w_.u64(n);
  }
  template <class Items>
  void all(const Items& items) {
    w_.count(items.size());
    for (const auto& item : items) put(item);
  }
  template <class Items, class KeyOf>
  void ascending(const Items& items, KeyOf key_of) {
    std::vector<const typename Items::value_type*> sorted;
    sorted.reserve(items.size());
    for (const auto& item : items) sorted.push_back(&item);
    std::sort(sorted.begin(), sorted.end(), [&](auto* a, auto* b) { return key_of(*a) < key_of(*b); });
    w_.count(sorted.size());
    for (const auto* item : sorted) put(*item);
  }
  Writer w_;
};

class In {
 public:
  explicit In(ByteView bytes) : r_(bytes, "snapshot", code::snapshot::damaged) {}
  Result<void> finish() { return r_.finish(); }

  template <class T>
  void get(T& v) {
    if constexpr (is_number<T>) {
      number(v);
    } else {
      static_assert(std::is_aggregate_v<T>, "a type of the state that cannot be kept");
      boost::pfr::for_each_field(v, [&](auto& field) { get(field); });
    }
  }
  void get(bool& v) {
    const std::uint8_t n = r_.u8();
    if (n > 1) r_.refuse("a boolean is 0 or 1");
    v = n == 1;
  }
  void get(std::string& v) { v = as_text(r_.blob(kMany)); }
  void get(Bytes& v) { v = to_bytes(r_.blob(kMany)); }
  void get(Code& v) {
    const std::string_view name = as_text(r_.blob(kMany));
    if (!is_listed(name)) r_.refuse("a code that is not listed");
    v = code_named(name);
  }
  template <std::size_t N>
  void get(ByteArray<N>& v) {
    v = r_.array<N>();
  }
  // Not decoded again, which is most of the cost of reading a log: these are bytes that Point::bytes() gave.
  void get(Point& v) {
    static_assert(std::is_trivially_copyable_v<Point> && std::is_standard_layout_v<Point>);  // they are its beginning
    v = Point{};
    if (const ByteView bytes = r_.fixed(Point::kSize); bytes.size() == Point::kSize)
      std::memcpy(reinterpret_cast<std::uint8_t*>(&v), bytes.data(), Point::kSize);
  }
  void get(Scalar& v) {
    const auto read = Scalar::decode(r_.array<Scalar::kSize>());
    read ? void(v = *read) : r_.refuse("not a scalar");
  }
  void get(log::Tree& v) {
    for (std::size_t n = r_.count(kMany, Sha256::kSize); n > 0 && r_.ok(); --n) v.append(Sha256{r_.array<32>()});
  }
  template <class T>
  void get(std::optional<T>& v) {
    bool there = false;
    get(there);
    if (there) get(v.emplace());
  }
  template <class A, class B>
  void get(std::pair<A, B>& v) {
    get(v.first);
    get(v.second);
  }
  template <class T>
  void get(std::vector<T>& v) {
    std::size_t n = r_.count(kMany, least_size<T>);
    if (n <= r_.left() / sizeof(T)) v.reserve(n);
    for (; n > 0 && r_.ok(); --n) get(v.emplace_back());
  }
  template <class T>
  void get(std::set<T>& v) {
    ascending<T>(v, [&](T&& item) { v.insert(v.end(), std::move(item)); });
  }
  template <class T, class H>
  void get(std::unordered_set<T, H>& v) {
    ascending<T>(v, [&](T&& item) { v.insert(std::move(item)); });
  }
  template <class K, class V>
  void get(std::map<K, V>& v) {
    ascending<K>(v, [&](K&& key) { get(v.emplace_hint(v.end(), std::move(key), V{})->second); });
  }
  template <class K, class V, class H>
  void get(std::unordered_map<K, V, H>& v) {
    ascending<K>(v, [&](K&& key) { get(v.emplace(std::move(key), V{}).first->second); });
  }

 private:
  template <class T>
  void number(T& v) {
    if constexpr (sizeof(T) == 1) v = static_cast<T>(r_.u8());
    if constexpr (sizeof(T) == 2) v = static_cast<T>(r_.u16());
    if constexpr (sizeof(T) == 4) v = static_cast<T>(r_.u32());
    if constexpr (sizeof(T) == 8) v = static_cast<T>(r_.u64());
  }
  template <class K, class Items, class Take>
  void ascending(Items& items, Take take) {
    const std::size_t n = r_.count(kMany, least_size<K>);
    if constexpr (requires { items.reserve(n); }) items.reserve(n);
    K last{};
    for (std::size_t i = 0; i < n && r_.ok(); ++i) {
      K key{};
      get(key);
      if (i > 0 && !(last < key)) return r_.refuse("a set out of order");
      last = key;
      take(std::move(key));
    }
  }
  Reader r_;
};

}  // namespace

Bytes encode_state(const election::State& state) {
  Out out;
  out.put(state);
  return out.take();
}

Result<election::State> decode_state(ByteView bytes) {
  In in(bytes);
  election::State state;
  in.get(state);
  TUIXUAN_CHECK(in.finish());
  return state;
}

}  // namespace tuixuan::snapshot
