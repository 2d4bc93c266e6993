import QtQuick

Page {
    single: true
    title: look.t.idle_title
    hint: look.t.idle_hint
    actions.backText: look.t.idle_leave
    actions.onBack: kiosk.leave()
    actions.mainText: look.t.idle_stay
    actions.onMain: kiosk.stay()
}
