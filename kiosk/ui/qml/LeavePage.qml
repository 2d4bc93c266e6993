import QtQuick

Page {
    single: true
    title: look.t.leave_title
    hint: look.t.leave_hint
    actions.backText: look.t.leave_go
    actions.onBack: kiosk.leave()
    actions.mainText: look.t.leave_stay
    actions.onMain: kiosk.stay()
}
