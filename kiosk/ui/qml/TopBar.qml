import QtQuick

// What congress this is; language, display and leaving; and, always, whether the ballot is cast.
Column {
    id: bar
    property real factor: Math.min(1, look.target * 0.36 / look.unit + 0.25)
    readonly property bool voting: kiosk.ballot === "not_cast"
    readonly property bool overlaid: kiosk.page === "display" || kiosk.page === "staff" || kiosk.page === "enrol"
    spacing: look.gap * 0.6
    Item {
        width: parent.width
        height: Math.max(buttons.height, look.size < 2 ? names.implicitHeight : 0)
        Column {
            id: names
            width: parent.width - buttons.width - look.gap
            anchors.verticalCenter: parent.verticalCenter
            opacity: kiosk.scanAnswer === "" ? 1 : 0
            Line {
                width: parent.width
                factor: bar.factor
                strong: true
                text: (kiosk.rehearsal ? "【" + look.t.rehearsal + "】" : "") + kiosk.congress
                height: look.size < 2 ? implicitHeight : buttons.height
                verticalAlignment: Text.AlignVCenter
                fontSizeMode: look.size < 2 ? Text.FixedSize : Text.Fit
                minimumPixelSize: 14
                lineHeight: 1
                visible: text !== ""
            }
            Line {
                width: parent.width
                factor: bar.factor * 0.85
                color: look.soft
                text: kiosk.stage
                visible: text !== "" && look.size < 2
            }
        }
        // In the place of the names, so that nothing moves that can be touched.
        Text {
            visible: text !== ""
            width: names.width
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.Wrap
            fontSizeMode: Text.Fit
            minimumPixelSize: 16
            font.family: "Noto Sans CJK SC"
            font.pixelSize: look.unit * bar.factor * 1.1
            font.bold: true
            color: look.warn
            text: kiosk.scanAnswer === "" ? "" : "▲ " + kiosk.scanAnswer
        }
        Row {
            id: buttons
            anchors.right: parent.right
            spacing: look.gap
            // As wide in either language, and with the place of what is not there kept: nothing moves.
            Tile { width: Math.max(implicitWidth, look.unit * bar.factor * 4.6); text: look.t.language; spoken: look.t.language_spoken; factor: bar.factor; onTapped: look.toggleLanguage() }
            Tile { width: Math.max(implicitWidth, look.unit * bar.factor * 6.8); text: look.t.display; factor: bar.factor; enabled: !bar.overlaid; onTapped: kiosk.openDisplay() }
            Tile {
                width: Math.max(implicitWidth, look.unit * bar.factor * 3.8)
                shown: bar.voting && !bar.overlaid && !["leave", "idle", "fault", "question"].includes(kiosk.page)
                text: look.t.leave
                factor: bar.factor
                onTapped: kiosk.askLeave()
            }
        }
    }
    Rectangle {
        id: status
        readonly property bool cast: kiosk.ballot === "cast"
        width: parent.width
        height: Math.max(said.implicitHeight, steps.implicitHeight) + look.gap
        radius: look.gap * 0.6
        color: cast ? look.accent : look.panel
        border.color: cast ? look.accent : look.ink
        border.width: 3
        Line {
            id: said
            x: look.gap
            anchors.verticalCenter: parent.verticalCenter
            factor: bar.factor * 1.05
            strong: true
            color: status.cast ? look.onAccent : look.ink
            text: (status.cast ? "✓ " : "○ ") + look.t["ballot_" + kiosk.ballot]
        }
        Line {
            id: steps
            anchors.right: parent.right
            anchors.rightMargin: look.gap
            anchors.verticalCenter: parent.verticalCenter
            factor: bar.factor
            visible: kiosk.page === "contest"
            text: look.t.step.arg(kiosk.stepNumber).arg(kiosk.stepCount)
        }
    }
}
