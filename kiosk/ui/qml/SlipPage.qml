import QtQuick

Page {
    id: page
    property string code: ""
    readonly property int needed: 28
    title: look.t.slip_title
    hint: look.t.slip_hint
    notice: kiosk.refusal
    tells: true
    Body {
        anchors.fill: parent
        Rectangle {
            width: parent.width
            height: Math.max(look.target, shown.implicitHeight + look.gap)
            color: look.panel
            border.color: look.ink
            border.width: 2
            radius: look.gap * 0.6
            Line {
                id: shown
                x: look.gap
                width: parent.width - 2 * look.gap
                anchors.verticalCenter: parent.verticalCenter
                horizontalAlignment: Text.AlignHCenter
                factor: Math.min(1.15, look.target * 0.5 / look.unit)
                font.letterSpacing: 1
                text: "TX1-" + (page.code + "_".repeat(page.needed - page.code.length)).match(/.{4}/g).join("-")
            }
        }
        Keyboard {
            width: parent.width
            rows: [["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"], ["K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"],
                   ["U", "V", "W", "X", "Y", "Z", "2", "3", "4", "5"], ["6", "7"]]
            onKey: name => { if (page.code.length < page.needed) page.code += name; }
            onErase: page.code = page.code.slice(0, -1)
        }
    }
    actions.backText: look.t.back
    actions.onBack: kiosk.back()
    actions.mainText: look.t.slip_go
    actions.mainEnabled: code.length === needed
    actions.onMain: kiosk.offerSlip("TX1-" + code)
}
