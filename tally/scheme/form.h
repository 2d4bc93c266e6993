// One description of a file for both directions: members(io, value) names every member once, in order, with its limits;
// a FormReader fills the value and collects every fault with its place, a FormWriter writes it. So what is written is
// what is read.
#pragma once

#include <limits>

#include "tally/ballot/scheme.h"
#include "tally/scheme/fault.h"
#include "tally/scheme/json.h"

namespace tuixuan::scheme {

template <class E>
struct EnumName {
  E value;
  const char* name;
};

enum class TextRule { printable, may_be_empty, short_name, date, date_or_empty };

inline constexpr std::uint64_t kAnyNumber = std::numeric_limits<std::uint64_t>::max();

class FormReader {
 public:
  FormReader(const Json& json, std::string path, Faults& faults);

  template <class T>
  void object(const char* name, T& value) {
    if (const Json* json = take(name)) read_object(*json, at(name), value);
  }
  template <class T>
  void optional_object(const char* name, std::optional<T>& value) {
    const Json* json = take(name);
    if (json == nullptr || json->type == Json::Type::null) return;
    read_object(*json, at(name), value.emplace());
  }
  template <class T>
  void objects(const char* name, std::vector<T>& values, std::size_t most) {
    each(name, most,
         [&](const Json& json, const std::string& path) { read_object(json, path, values.emplace_back()); });
  }
  void text(const char* name, std::string& value, std::size_t max_bytes, TextRule rule = TextRule::printable) {
    if (const Json* json = take(name)) read_text(*json, at(name), value, max_bytes, rule);
  }
  void texts(const char* name, std::vector<std::string>& values, std::size_t most, std::size_t max_bytes) {
    each(name, most, [&](const Json& json, const std::string& path) {
      read_text(json, path, values.emplace_back(), max_bytes, TextRule::printable);
    });
  }
  template <class Tag>
  void id(const char* name, NameId<Tag>& value) {
    text(name, value.name, 32, TextRule::short_name);
  }
  template <class Tag>
  void ids(const char* name, std::vector<NameId<Tag>>& values, std::size_t most) {
    each(name, most, [&](const Json& json, const std::string& path) {
      read_text(json, path, values.emplace_back().name, 32, TextRule::short_name);
    });
  }
  template <class Int>
  void number(const char* name, Int& value, std::uint64_t least, std::uint64_t most) {
    most = std::min<std::uint64_t>(most, std::numeric_limits<Int>::max());
    if (const Json* json = take(name)) value = static_cast<Int>(read_number(*json, at(name), least, most));
  }
  template <class Int>
  void optional_number(const char* name, std::optional<Int>& value) {
    const Json* json = take(name);
    if (json == nullptr || json->type == Json::Type::null) return;
    value = static_cast<Int>(read_number(*json, at(name), 0, std::numeric_limits<Int>::max()));
  }
  void numbers(const char* name, std::vector<std::uint64_t>& values, std::size_t most) {
    each(name, most,
         [&](const Json& json, const std::string& path) { values.push_back(read_number(json, path, 0, kAnyNumber)); });
  }
  // An object from names to numbers, in its order.
  void named_numbers(const char* name, std::vector<std::pair<std::string, std::uint64_t>>& values);
  void boolean(const char* name, bool& value);
  void hex(const char* name, ByteArray<32>& value) {
    if (const Json* json = take(name)) read_hex(*json, at(name), value);
  }
  void optional_hex(const char* name, std::optional<ByteArray<32>>& value) {
    const Json* json = take(name);
    if (json != nullptr && json->type != Json::Type::null) read_hex(*json, at(name), value.emplace());
  }
  template <class E, std::size_t N>
  void choice(const char* name, E& value, const EnumName<E> (&names)[N]) {
    if (const Json* json = take(name)) read_choice(*json, at(name), value, names);
  }
  template <class E, std::size_t N>
  void optional_choice(const char* name, std::optional<E>& value, const EnumName<E> (&names)[N]) {
    const Json* json = take(name);
    if (json != nullptr && json->type != Json::Type::null) read_choice(*json, at(name), value.emplace(), names);
  }
  // A list of different values.
  template <class E, std::size_t N>
  void choices(const char* name, std::vector<E>& values, const EnumName<E> (&names)[N]) {
    each(name, N, [&](const Json& json, const std::string& path) {
      E value{};
      read_choice(json, path, value, names);
      for (const E& other : values)
        if (other == value) refuse("repeated", path, "同一项列了两次", "the same value is listed twice");
      values.push_back(value);
    });
  }
  // A member with one legal value.
  void constant(const char* name, std::string_view value);
  void constant(const char* name, std::uint64_t value);
  // Of a member that older files do not have: whether it is not there, or would not be written.
  bool omitted(const char* name, bool as_without) const;
  // Members that were not asked for are faults.
  void finish();
  // What the caller finds wrong with the member `name` (or "name/0/inner").
  void fault(std::string code, std::string_view name, std::string zh, std::string en);

 private:
  template <class T>
  void read_object(const Json& json, std::string path, T& value) {
    FormReader inner(json, std::move(path), faults_);
    if (!inner.is_object()) return;
    members(inner, value);
    inner.finish();
  }
  template <class F>
  void each(const char* name, std::size_t most, F&& read) {
    const Json* json = take(name);
    if (json == nullptr || !is_list(*json, at(name), most)) return;
    for (std::size_t i = 0; i < json->items.size(); ++i) read(json->items[i], at(name) + "/" + std::to_string(i));
  }
  template <class E, std::size_t N>
  void read_choice(const Json& json, const std::string& path, E& value, const EnumName<E> (&names)[N]) {
    std::string all;
    for (const EnumName<E>& n : names) {
      if (json.type == Json::Type::text && json.text == n.name) {
        value = n.value;
        return;
      }
      all += (all.empty() ? "" : ", ") + std::string(n.name);
    }
    refuse_choice(path, all);
  }

  bool is_object() const { return json_.type == Json::Type::object; }
  const Json* take(const char* name);
  std::string at(std::string_view name) const;
  bool is_list(const Json&, const std::string& path, std::size_t most);
  void read_text(const Json&, const std::string& path, std::string& value, std::size_t max_bytes, TextRule);
  std::uint64_t read_number(const Json&, const std::string& path, std::uint64_t least, std::uint64_t most);
  void read_hex(const Json&, const std::string& path, ByteArray<32>& value);
  void refuse_choice(const std::string& path, const std::string& all);
  void refuse(std::string code, std::string path, std::string zh, std::string en);

  const Json& json_;
  std::string path_;
  Faults& faults_;
  std::vector<std::string> asked_;
};

class FormWriter {
 public:
  // indent 0: no white space at all.
  FormWriter(std::string& out, unsigned indent, unsigned depth = 0) : out_(out), indent_(indent), depth_(depth) {
    out_ += '{';
  }

  template <class T>
  void object(const char* name, T& value) {
    key(name);
    write_object(value);
  }
  template <class T>
  void optional_object(const char* name, std::optional<T>& value) {
    key(name);
    value ? write_object(*value) : null();
  }
  template <class T>
  void objects(const char* name, std::vector<T>& values, std::size_t) {
    each(name, values, [&](T& v) { write_object(v, 2); });
  }
  void text(const char* name, std::string& value, std::size_t, TextRule = TextRule::printable) {
    key(name);
    append_string(out_, value);
  }
  void texts(const char* name, std::vector<std::string>& values, std::size_t, std::size_t) {
    each(name, values, [&](std::string& v) { append_string(out_, v); });
  }
  template <class Tag>
  void id(const char* name, NameId<Tag>& value) {
    text(name, value.name, 0);
  }
  template <class Tag>
  void ids(const char* name, std::vector<NameId<Tag>>& values, std::size_t) {
    each(name, values, [&](NameId<Tag>& v) { append_string(out_, v.name); });
  }
  template <class Int>
  void number(const char* name, Int& value, std::uint64_t, std::uint64_t) {
    key(name);
    out_ += std::to_string(value);
  }
  template <class Int>
  void optional_number(const char* name, std::optional<Int>& value) {
    key(name);
    value ? void(out_ += std::to_string(*value)) : null();
  }
  void numbers(const char* name, std::vector<std::uint64_t>& values, std::size_t) {
    each(name, values, [&](std::uint64_t v) { out_ += std::to_string(v); });
  }
  void named_numbers(const char* name, std::vector<std::pair<std::string, std::uint64_t>>& values);
  void boolean(const char* name, bool& value) {
    key(name);
    out_ += value ? "true" : "false";
  }
  void hex(const char* name, ByteArray<32>& value) {
    key(name);
    append_string(out_, to_hex(value));
  }
  void optional_hex(const char* name, std::optional<ByteArray<32>>& value) {
    key(name);
    value ? append_string(out_, to_hex(*value)) : null();
  }
  template <class E, std::size_t N>
  void choice(const char* name, E& value, const EnumName<E> (&names)[N]) {
    key(name);
    write_choice(value, names);
  }
  template <class E, std::size_t N>
  void optional_choice(const char* name, std::optional<E>& value, const EnumName<E> (&names)[N]) {
    key(name);
    value ? write_choice(*value, names) : null();
  }
  template <class E, std::size_t N>
  void choices(const char* name, std::vector<E>& values, const EnumName<E> (&names)[N]) {
    each(name, values, [&](E& value) { write_choice(value, names); });
  }
  void constant(const char* name, std::string_view value) {
    key(name);
    append_string(out_, value);
  }
  void constant(const char* name, std::uint64_t value) {
    key(name);
    out_ += std::to_string(value);
  }
  bool omitted(const char*, bool as_without) const { return as_without; }
  void fault(const char*, const char*, const char*, const char*) const {}  // what is written has none
  void finish();

 private:
  template <class T>
  void write_object(T& value, unsigned deeper = 1) {
    FormWriter inner(out_, indent_, depth_ + deeper);
    members(inner, value);
    inner.finish();
  }
  template <class T, class F>
  void each(const char* name, std::vector<T>& values, F&& write) {
    key(name);
    out_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out_ += ',';
      line(2);
      write(values[i]);
    }
    if (!values.empty()) line(1);
    out_ += ']';
  }
  template <class E, std::size_t N>
  void write_choice(E value, const EnumName<E> (&names)[N]) {
    for (const EnumName<E>& n : names)
      if (n.value == value) return append_string(out_, n.name);
    bug("an enumerator without a name");
  }
  void null() { out_ += "null"; }
  void key(std::string_view name);
  void line(unsigned deeper);

  std::string& out_;
  unsigned indent_;
  unsigned depth_;
  bool first_ = true;
};

// The two directions of a whole file.
template <class T>
std::string write_form(T value, unsigned indent) {
  std::string out;
  FormWriter writer(out, indent);
  members(writer, value);
  writer.finish();
  return out;
}
template <class T>
T read_form(const Json& json, Faults& faults) {
  T value{};
  FormReader reader(json, "", faults);
  members(reader, value);
  reader.finish();
  return value;
}

}  // namespace tuixuan::scheme
