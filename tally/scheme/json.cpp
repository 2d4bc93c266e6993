#include "tally/scheme/json.h"

#include <boost/json/basic_parser_impl.hpp>

#include "crypto/codes/base.h"

namespace tuixuan::scheme {

namespace {

namespace bj = boost::json;

// Builds the tree from the parser's events. The stack holds copies of open arrays and objects; depth is bounded.
class Builder {
 public:
  static constexpr std::size_t max_object_size = 4096;
  static constexpr std::size_t max_array_size = 1U << 20;
  static constexpr std::size_t max_key_size = 256;
  static constexpr std::size_t max_string_size = 1U << 16;

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return open(Json::Type::object); }
  bool on_object_end(std::size_t, bj::error_code&) { return close(); }
  bool on_array_begin(bj::error_code&) { return open(Json::Type::array); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }
  bool on_key_part(bj::string_view s, std::size_t, bj::error_code&) { return append(s); }
  bool on_key(bj::string_view s, std::size_t, bj::error_code&) {
    append(s);
    stack_.back().members.push_back({std::move(partial_), Json{}});
    partial_.clear();
    return true;
  }
  bool on_string_part(bj::string_view s, std::size_t, bj::error_code&) { return append(s); }
  bool on_string(bj::string_view s, std::size_t, bj::error_code&) {
    append(s);
    Json value = of(Json::Type::text);
    value.text = std::move(partial_);
    partial_.clear();
    return put(std::move(value));
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t n, bj::string_view s, bj::error_code&) {
    return n < 0 || s.starts_with('-') ? put(of(Json::Type::other)) : put_integer(static_cast<std::uint64_t>(n));
  }
  bool on_uint64(std::uint64_t n, bj::string_view, bj::error_code&) { return put_integer(n); }
  bool on_double(double, bj::string_view, bj::error_code&) { return put(of(Json::Type::other)); }
  bool on_bool(bool b, bj::error_code&) {
    Json value = of(Json::Type::boolean);
    value.boolean = b;
    return put(std::move(value));
  }
  bool on_null(bj::error_code&) { return put(Json{}); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

  Json take() { return std::move(root_); }

 private:
  static Json of(Json::Type type) {
    Json out;
    out.type = type;
    return out;
  }
  bool append(bj::string_view s) {
    partial_.append(s.data(), s.size());
    return true;
  }
  bool open(Json::Type type) {
    stack_.push_back(of(type));
    return true;
  }
  bool close() {
    Json value = std::move(stack_.back());
    stack_.pop_back();
    return put(std::move(value));
  }
  bool put_integer(std::uint64_t n) {
    Json value = of(Json::Type::integer);
    value.integer = n;
    return put(std::move(value));
  }
  bool put(Json value) {
    if (stack_.empty()) {
      root_ = std::move(value);
    } else if (stack_.back().type == Json::Type::array) {
      stack_.back().items.push_back(std::move(value));
    } else {
      stack_.back().members.back().value = std::move(value);
    }
    return true;
  }

  std::vector<Json> stack_;
  std::string partial_;
  Json root_;
};

bj::parse_options strict() {
  bj::parse_options options;
  options.max_depth = kMaxDepth;
  return options;
}

}  // namespace

Result<Json> parse_json(ByteView file, std::size_t max_size) {
  if (file.size() > max_size)
    return fail(code::plain::json, "the file has " + std::to_string(file.size()) + " bytes, at most " +
                                       std::to_string(max_size) + " are read");
  bj::basic_parser<Builder> parser(strict());
  bj::error_code ec;
  const std::size_t n = parser.write_some(false, reinterpret_cast<const char*>(file.data()), file.size(), ec);
  if (!ec && n < file.size()) ec = bj::make_error_code(bj::error::extra_data);
  if (ec) return fail(code::plain::json, "at byte " + std::to_string(n) + ": " + ec.message());
  return parser.handler().take();
}

void append_string(std::string& out, std::string_view text) {
  static const char* digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (u < 0x20) {
      out += "\\u00";
      out += digits[u >> 4];
      out += digits[u & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace tuixuan::scheme
