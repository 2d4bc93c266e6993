import QtQuick

// No slips are taken here: the cause first, then what a voter does, then the helper.
Page {
    id: page
    title: "▲ " + (kiosk.stop.cause || "")
    hint: kiosk.stop.voter || ""
    Body {
        anchors.fill: parent
        Line { width: parent.width; text: kiosk.stop.helper || "" }
        Line { width: parent.width; visible: text !== ""; text: kiosk.stop.disk || "" }
        Line { width: parent.width; visible: text !== ""; text: kiosk.stop.detail || ""; color: look.soft; factor: 0.8; wrapMode: Text.WrapAnywhere }
    }
    actions.backText: look.t.staff
    actions.onBack: kiosk.openStaff()
    actions.mainText: look.t.try_again
    actions.onMain: kiosk.retry()
}
