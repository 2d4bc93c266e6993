import QtQuick

Page {
    title: look.t.closed_title
    hint: look.t.closed_hint
    Body {
        anchors.fill: parent
        centred: true
        Line { width: parent.width; horizontalAlignment: Text.AlignHCenter; factor: 1.5; strong: true; text: kiosk.congress }
        Line { width: parent.width; horizontalAlignment: Text.AlignHCenter; text: kiosk.box; color: look.soft }
    }
    actions.backText: look.t.staff
    actions.onBack: kiosk.openStaff()
}
