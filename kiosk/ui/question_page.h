// What is asked before it is done (Question of flow.h), in the voter's language: title, hint, and the words of its
// answers. Pure.
#pragma once

#include <QVariantMap>

#include "kiosk/flow/flow.h"
#include "kiosk/ui/look.h"

namespace tuixuan::kiosk {

// The flow asks. kind: name_of(Question); title, hint; safe: changes nothing; go: does what is asked about; other: a
// third way, or empty.
QVariantMap question_of(const Look&, const Flow&);

}  // namespace tuixuan::kiosk
