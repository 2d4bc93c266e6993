import QtQuick

// What casts lies alone in the middle, where what led here did not lie: the same touch again goes no further. No code
// to photograph before the ballot is cast.
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
        Tile {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, Math.max(implicitWidth, look.target * 6))
            height: Math.max(implicitHeight, look.target * (look.size >= 2 ? 1 : 1.5))
            main: true
            factor: 1.2
            enabled: !page.sending
            text: look.t.cast
            onTapped: kiosk.cast()
        }
        Tracker { width: parent.width }
        Line { width: parent.width; text: look.t.challenge_hint; color: look.soft }
    }
    actions.backText: look.t.challenge
    actions.backEnabled: !sending
    actions.onBack: kiosk.challenge()
}
