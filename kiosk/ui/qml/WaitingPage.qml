import QtQuick
import Tuixuan.Kiosk.Native

Page {
    id: page
    title: look.t.waiting_title
    hint: look.t.waiting_hint
    notice: kiosk.refusal !== "" ? kiosk.refusal : kiosk.scannerMissing ? look.t.scanner_missing : ""
    tells: true
    spoken: title + "。" + hint + "。" + steps.text + "。" + look.t.keys_hint
    Body {
        anchors.fill: parent
        centred: true
        spacing: look.gap * 2
        Item {
            width: parent.width
            height: picture.height
            // A slip held under a reader.
            Rectangle {
                id: picture
                readonly property real s: Math.min(look.target * 2.6, look.unit * 7)
                anchors.horizontalCenter: parent.horizontalCenter
                width: s * 1.7
                height: s
                radius: look.gap
                color: look.panel
                border.color: look.ink
                border.width: 3
                QrCode {
                    x: parent.s * 0.1
                    y: parent.s * 0.1
                    width: parent.s * 0.8
                    height: width
                    text: "推选 Tuixuan"
                }
                Column {
                    x: parent.s * 1.0
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: parent.s * 0.09
                    Repeater {
                        model: [0.55, 0.4, 0.5, 0.3]
                        delegate: Rectangle {
                            required property real modelData
                            width: picture.s * modelData
                            height: picture.s * 0.06
                            color: look.line
                        }
                    }
                }
            }
        }
        Line {
            id: steps
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: look.t.waiting_steps.arg(kiosk.stepCount + 2).arg(Math.max(2, Math.ceil(kiosk.stepCount * 0.7)))
        }
        Line { width: parent.width; horizontalAlignment: Text.AlignHCenter; color: look.soft; text: kiosk.box }
        Tile {
            visible: kiosk.demo
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, Math.max(implicitWidth, look.target * 5))
            main: true
            text: look.t.demo_slip
            onTapped: kiosk.takeDemoSlip()
        }
    }
    actions.backText: look.t.staff
    actions.onBack: kiosk.openStaff()
    actions.mainText: look.t.type_code
    actions.onMain: kiosk.begin()
}
