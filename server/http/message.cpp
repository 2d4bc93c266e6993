#include "server/http/message.h"

#include <boost/json.hpp>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"

namespace tuixuan::http {

namespace {

struct Status {
  Code check;
  unsigned status;
};
constexpr Status kStatuses[] = {
    {code::server::busy, 503},         {code::server::storage, 503},
    {code::server::uncertain, 503},    {code::server::trouble, 500},
    {code::server::stopping, 503},     {code::server::superseded, 503},
    {code::server::asking, 503},       {code::server::standby, 503},
    {code::server::epoch, 503},        {code::epoch::conflict, 503},
    {code::epoch::supervisors, 403},   {code::epoch::form, 400},
    {code::server::unknown, 404},      {code::server::upload, 403},
    {code::witness::form, 400},        {code::witness::signature, 403},
    {code::witness::cosignature, 403}, {code::witness::unknown, 403},
    {code::witness::size, 400},        {code::log::fork, 409},
    {code::log::rollback, 409},        {code::http::target, 404},
    {code::http::method, 405},         {code::http::size, 413},
    {code::http::length, 411},         {code::http::body, 400},
    {code::http::range, 416},          {code::http::form, 400},
    {code::ledger::absent, 404},       {code::ledger::range, 404},
    {code::ledger::object, 400},       {code::log::tile, 404},
};

}  // namespace

Response text(std::string body, std::string type) { return {200, std::move(type), to_bytes(body), false, 0}; }
Response data(Bytes body) { return {200, "application/octet-stream", std::move(body), false, 0}; }
Response json(std::string body) { return {200, "application/json", to_bytes(body), false, 0}; }

// The fold's refusals are of the content (422); what fails in this machine is ours (500).
unsigned status_of(const Error& why) {
  for (const Status& own : kStatuses)
    if (own.check == why.check) return own.status;
  return kind_of(why.check) == ErrorKind::mine ? 500 : 422;
}

Response refusal(const Error& why) {
  const Sentences words = sentences_of(why.check);
  const boost::json::object body{{"check", name_of(why.check)}, {"what", why.what}, {"zh", words.zh}, {"en", words.en}};
  Response out = json(boost::json::serialize(body));
  out.status = status_of(why);
  if (out.status == 503) out.retry_after = 1;
  return out;
}

}  // namespace tuixuan::http
