import QtQuick

// What was sealed, opened; the tracker to look it up elsewhere.
Page {
    title: look.t.challenged_title
    hint: look.t.challenged_hint
    spoken: {
        let all = title + "。" + hint + "。";
        for (const part of kiosk.opened)
            all += part.title + "：" + part.lines + "。";
        return all + look.t.challenged_board + "。" + look.t.tracker + "：" + kiosk.tracker.split("").join(" ");
    }
    Body {
        id: body
        anchors.fill: parent
        spacing: look.gap * 1.5
        Repeater {
            model: kiosk.opened
            delegate: Column {
                required property var modelData
                width: body.inner
                spacing: look.gap * 0.3
                Line { width: parent.width; text: parent.modelData.title; strong: true }
                Line { width: parent.width; text: parent.modelData.lines }
            }
        }
        Line { width: parent.width; text: look.t.challenged_board; color: look.soft }
        Tracker { width: parent.width; room: look.target * 3; code: kiosk.ballotAddress }
    }
    actions.mainText: look.t.vote_again
    actions.onMain: kiosk.again()
}
