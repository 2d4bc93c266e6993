import QtQuick
import Tuixuan.Kiosk.Native

// The tracker in groups, and as a code to photograph once the ballot is cast: who walks away with a code has voted.
Item {
    id: tracker
    property string caption: look.t.tracker
    property string code: ""
    property real room: look.target * 4     // how high the code may be
    implicitHeight: Math.max(qr.visible ? qr.height : 0, words.implicitHeight)
    QrCode {
        id: qr
        visible: tracker.code !== ""
        width: Math.min(tracker.width * 0.5, Math.max(look.target * 2.6, tracker.room))
        height: width
        text: tracker.code
    }
    Column {
        id: words
        x: qr.visible ? qr.width + look.gap * 2 : 0
        width: tracker.width - x
        anchors.verticalCenter: parent.verticalCenter
        spacing: look.gap
        Line { width: parent.width; text: tracker.caption; color: look.soft }
        Line {
            width: parent.width
            factor: 1.25
            strong: true
            wrapMode: Text.WordWrap
            text: kiosk.tracker.replace(/-/g, " ")
        }
    }
}
