import QtQuick

Page {
    id: page
    readonly property bool sending: kiosk.ballot === "sending"
    title: sending ? look.t.ballot_sending : look.t.sealed_title
    hint: look.t.sealed_hint
    spoken: title + "。" + hint + "。" + look.t.tracker + "：" + kiosk.tracker.split("").join(" ") + "。" + look.t.challenge_hint
    Body {
        id: body
        anchors.fill: parent
        spacing: look.gap * 2
        Tracker { width: parent.width; room: body.height - look.unit * 3.5; code: kiosk.ballotAddress }
        Line { width: parent.width; text: look.t.challenge_hint; color: look.soft }
    }
    actions.otherText: look.t.challenge
    actions.otherEnabled: !sending
    actions.onOther: kiosk.challenge()
    actions.mainText: look.t.cast
    actions.mainEnabled: !sending
    actions.onMain: kiosk.cast()
}
