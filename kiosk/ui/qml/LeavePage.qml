import QtQuick

Page {
    single: true
    title: look.t.leave_title
    hint: look.t.leave_hint
    counter: kiosk.secondsLeft >= 0 ? look.t.seconds_left.arg(kiosk.secondsLeft) : ""
    spoken: title + "。" + hint
    apartText: look.t.leave_go
    onApart: kiosk.leave()
    actions.mainText: look.t.leave_stay
    actions.mainSafe: true
    actions.onMain: kiosk.stay()
}
