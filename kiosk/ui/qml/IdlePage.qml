import QtQuick

Page {
    single: true
    title: look.t.idle_title
    hint: look.t.idle_hint
    counter: kiosk.secondsLeft >= 0 ? look.t.seconds_left.arg(kiosk.secondsLeft) : ""
    spoken: title + "。" + hint
    apartText: look.t.idle_leave
    onApart: kiosk.leave()
    actions.mainText: look.t.idle_stay
    actions.mainSafe: true
    actions.onMain: kiosk.stay()
}
