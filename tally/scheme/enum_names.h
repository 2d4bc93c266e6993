// How the enumerators of the rules are written in scheme and report files.
#pragma once

#include "tally/count/combination.h"
#include "tally/scheme/form.h"

namespace tuixuan::scheme {

inline constexpr EnumName<tally::Kind> kKinds[] = {{tally::Kind::election, "election"},
                                                   {tally::Kind::recommendation, "recommendation"},
                                                   {tally::Kind::preelection, "preelection"},
                                                   {tally::Kind::decision, "decision"},
                                                   {tally::Kind::rating, "rating"}};
inline constexpr EnumName<code::reason> kReasons[] = {
#define TUIXUAN_AREA(area, kind, zh, en)
#define TUIXUAN_CODE(id, name, zh, en) {code::reason::id, name},
#define TUIXUAN_CODE_OF(kind, id, name, zh, en) {code::reason::id, name},
#define TUIXUAN_END(area)
#include "crypto/codes/reasons.def"

#include "crypto/codes/forget.inc"
};
inline constexpr EnumName<tally::Comparison> kComparisons[] = {{tally::Comparison::at_least, "at_least"},
                                                               {tally::Comparison::more_than, "more_than"}};
inline constexpr EnumName<tally::Base> kBases[] = {
    {tally::Base::registered, "registered"}, {tally::Base::expected, "expected"}, {tally::Base::present, "present"},
    {tally::Base::voters, "voters"},         {tally::Base::returned, "returned"}, {tally::Base::valid, "valid"}};
inline constexpr EnumName<tally::WriteInRule> kWriteInRules[] = {{tally::WriteInRule::none, "none"},
                                                                 {tally::WriteInRule::under_opposed, "under_opposed"},
                                                                 {tally::WriteInRule::free_lines, "free_lines"}};
inline constexpr EnumName<tally::TieRule> kTieRules[] = {{tally::TieRule::run_off, "run_off"},
                                                         {tally::TieRule::run_off_majority, "run_off_majority"},
                                                         {tally::TieRule::superior, "superior"}};
inline constexpr EnumName<tally::ShortageRule> kShortageRules[] = {{tally::ShortageRule::new_round, "new_round"},
                                                                   {tally::ShortageRule::renominate, "renominate"},
                                                                   {tally::ShortageRule::leave_vacant, "leave_vacant"}};
inline constexpr EnumName<tally::BlankRule> kBlankRules[] = {{tally::BlankRule::abstain, "abstain"},
                                                             {tally::BlankRule::invalid, "invalid"}};
inline constexpr EnumName<tally::Unlink> kUnlinks[] = {{tally::Unlink::ballot, "ballot"},
                                                       {tally::Unlink::candidate, "candidate"}};
inline constexpr EnumName<tally::CombinationRule> kCombinationRules[] = {
    {tally::CombinationRule::all_over, "all_over"},
    {tally::CombinationRule::weighted_votes, "weighted_votes"},
    {tally::CombinationRule::weighted_rates, "weighted_rates"},
    {tally::CombinationRule::gate, "gate"},
    {tally::CombinationRule::top_union, "top_union"},
    {tally::CombinationRule::top_common, "top_common"},
    {tally::CombinationRule::staged, "staged"},
    {tally::CombinationRule::composite, "composite"}};
inline constexpr EnumName<tally::SourceKind> kSourceKinds[] = {{tally::SourceKind::combination, "combination"},
                                                               {tally::SourceKind::preelection, "preelection"},
                                                               {tally::SourceKind::elected, "elected"}};
inline constexpr EnumName<tally::FollowKind> kFollowKinds[] = {{tally::FollowKind::run_off, "run_off"},
                                                               {tally::FollowKind::new_round, "new_round"},
                                                               {tally::FollowKind::renominate, "renominate"},
                                                               {tally::FollowKind::repeat, "repeat"}};
inline constexpr EnumName<tally::Proposal> kProposals[] = {{tally::Proposal::proposed, "proposed"},
                                                           {tally::Proposal::not_proposed, "not_proposed"},
                                                           {tally::Proposal::level, "level"}};
inline constexpr EnumName<tally::Unmarked> kUnmarked[] = {{tally::Unmarked::not_counted, "not_counted"},
                                                          {tally::Unmarked::abstain, "abstain"},
                                                          {tally::Unmarked::counted, "counted"}};
inline constexpr EnumName<tally::EmptyCell> kEmptyCells[] = {{tally::EmptyCell::nothing, "nothing"},
                                                             {tally::EmptyCell::lowest, "lowest"}};
inline constexpr EnumName<tally::BestLimit> kBestLimits[] = {{tally::BestLimit::form, "form"},
                                                             {tally::BestLimit::grades, "grades"}};
inline constexpr EnumName<tally::ReturnCheck> kReturnChecks[] = {{tally::ReturnCheck::voters, "voters"},
                                                                 {tally::ReturnCheck::issued, "issued"}};
inline constexpr EnumName<tally::NameOrder> kNameOrders[] = {{tally::NameOrder::strokes, "strokes"},
                                                             {tally::NameOrder::approved, "approved"},
                                                             {tally::NameOrder::manual, "manual"}};
inline constexpr EnumName<tally::FormKind> kFormKinds[] = {{tally::FormKind::attendance, "attendance"},
                                                           {tally::FormKind::papers, "papers"},
                                                           {tally::FormKind::tally_sheet, "tally_sheet"},
                                                           {tally::FormKind::tally_summary, "tally_summary"},
                                                           {tally::FormKind::invalid, "invalid"},
                                                           {tally::FormKind::report, "report"},
                                                           {tally::FormKind::elected, "elected"},
                                                           {tally::FormKind::recommendation, "recommendation"},
                                                           {tally::FormKind::decision, "decision"},
                                                           {tally::FormKind::rating, "rating"},
                                                           {tally::FormKind::notice, "notice"}};
inline constexpr EnumName<tally::Outcome> kOutcomes[] = {{tally::Outcome::elected, "elected"},
                                                         {tally::Outcome::not_elected, "not_elected"},
                                                         {tally::Outcome::tied, "tied"},
                                                         {tally::Outcome::reached, "reached"},
                                                         {tally::Outcome::not_reached, "not_reached"},
                                                         {tally::Outcome::passed, "passed"},
                                                         {tally::Outcome::not_passed, "not_passed"},
                                                         {tally::Outcome::refused, "refused"},
                                                         {tally::Outcome::postponed, "postponed"},
                                                         {tally::Outcome::graded, "graded"},
                                                         {tally::Outcome::no_decision, "no_decision"}};
inline constexpr EnumName<tally::NextKind> kNextKinds[] = {
    {tally::NextKind::run_off, "run_off"},           {tally::NextKind::superior_decides, "superior_decides"},
    {tally::NextKind::new_round, "new_round"},       {tally::NextKind::renominate, "renominate"},
    {tally::NextKind::leave_vacant, "leave_vacant"}, {tally::NextKind::confirm_base, "confirm_base"},
    {tally::NextKind::vote_again, "vote_again"}};

}  // namespace tuixuan::scheme
