import QtQuick
import Tuixuan.Kiosk.Native

Page {
    title: look.t.enrol_title
    hint: look.t.enrol_hint
    Body {
        anchors.fill: parent
        Row {
            width: parent.width
            spacing: look.gap * 2
            QrCode {
                id: qr
                width: Math.min(parent.width * 0.4, look.target * 4)
                height: width
                text: kiosk.enrolment
            }
            Column {
                width: parent.width - qr.width - parent.spacing
                spacing: look.gap
                Line { width: parent.width; text: look.t.enrol_id + "　" + kiosk.kioskId; strong: true; factor: 1.2 }
                Line { width: parent.width; text: look.t.enrol_key; color: look.soft }
                Line { width: parent.width; text: kiosk.publicKey.match(/.{8}/g).join(" "); factor: 0.85; wrapMode: Text.WordWrap }
            }
        }
        Line { width: parent.width; text: look.t.enrol_wait; color: look.soft }
    }
}
