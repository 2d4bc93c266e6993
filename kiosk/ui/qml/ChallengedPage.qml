import QtQuick

Page {
    title: look.t.challenged_title
    hint: look.t.challenged_hint
    spoken: title + "。" + hint + "。" + look.t.tracker + "：" + kiosk.tracker.split("").join(" ")
    Body {
        id: body
        anchors.fill: parent
        Tracker { width: parent.width; room: body.height; code: kiosk.ballotAddress }
    }
    actions.mainText: look.t.vote_again
    actions.onMain: kiosk.again()
}
