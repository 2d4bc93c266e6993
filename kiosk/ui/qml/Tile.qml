import QtQuick

// All that can be touched: at least 18 mm, with visible focus, reached by keys and switches too. Chosen tiles differ by
// a frame, a sign and their filling, not by colour alone.
Rectangle {
    id: tile
    property string text: ""
    property string sign: ""
    property bool boxed: false      // a box before the text that holds the sign when chosen, as on paper
    property bool chosen: false
    property bool main: false       // the way forward
    property bool quiet: false      // chosen, but nothing that stands out: abstaining
    property real factor: 1
    property string spoken: text
    property bool leftAligned: false
    property bool repeats: false    // a quick second touch counts; elsewhere it is a slip of the hand, and a page would be skipped
    property bool safe: false       // the answer that changes nothing: where keys begin
    property bool shown: true       // false: not there, but its place is kept
    property bool fits: false       // text that comes later is made smaller rather than the tile higher
    property bool stays: false      // chosen, another touch changes nothing
    property double lastTouch: 0
    readonly property bool isTile: true
    readonly property bool filled: (chosen && !quiet) || main
    readonly property bool framed: chosen && quiet
    signal tapped

    // What was done is told, and what it leaves to choose; a touch that changed nothing is answered with what is so.
    function activate() {
        if (!tile.enabled)
            return;
        if (tile.stays && tile.chosen)
            look.say(tile.speech());
        tile.tapped();
    }
    function speech() {
        const state = !tile.boxed ? "" : "，" + (tile.chosen ? look.t.selected : look.t.not_selected);
        return tile.spoken + state;
    }

    // A little more than the text: what is rounded must not break a word.
    implicitWidth: Math.max(look.target, Math.ceil(content.implicitWidth) + 2 * look.gap + 2)
    implicitHeight: fits ? Math.max(look.target, look.unit * factor * 1.2 + 1.4 * look.gap)
                         : Math.max(look.target, content.implicitHeight + 1.4 * look.gap)
    radius: look.gap
    enabled: shown
    opacity: !shown ? 0 : enabled ? 1 : 0.45
    color: area.pressed ? look.line : filled ? look.accent : look.panel
    border.color: filled ? look.accent : framed ? look.ink : look.line
    border.width: filled ? 3 : framed ? 4 : 2
    onActiveFocusChanged: if (activeFocus) look.say(speech())
    onChosenChanged: if (activeFocus) look.say(speech() + (kiosk.page === "contest" && kiosk.counter !== "" ? "，" + kiosk.counter : ""))

    Accessible.role: Accessible.Button
    Accessible.name: speech()
    Accessible.onPressAction: activate()

    Item {
        id: content
        readonly property real inner: tile.width - 2 * look.gap - (box.visible ? box.width + look.gap : 0)
        implicitWidth: Math.ceil(label.implicitWidth) + 1 + (box.visible ? box.width + look.gap : 0)
        implicitHeight: Math.max(label.implicitHeight, box.visible ? box.height : 0)
        width: Math.min(implicitWidth, tile.width - 2 * look.gap)
        height: implicitHeight
        anchors.verticalCenter: parent.verticalCenter
        x: tile.leftAligned ? look.gap : (tile.width - width) / 2
        Rectangle {
            id: box
            visible: tile.boxed
            width: look.unit * 1.25
            height: width
            anchors.verticalCenter: parent.verticalCenter
            color: "transparent"
            border.color: label.color
            border.width: 2
            radius: 3
            Line {
                anchors.centerIn: parent
                visible: tile.chosen
                text: tile.sign === "" ? "✓" : tile.sign
                color: label.color
                strong: true
                lineHeight: 1
            }
        }
        Line {
            id: label
            x: box.visible ? box.width + look.gap : 0
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, content.inner)
            horizontalAlignment: tile.leftAligned || box.visible ? Text.AlignLeft : Text.AlignHCenter
            factor: tile.factor
            // As heavy chosen as not, so that its lines do not break elsewhere then.
            strong: tile.main || tile.boxed
            height: tile.fits ? tile.height - look.gap : implicitHeight
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: tile.fits ? Text.Fit : Text.FixedSize
            minimumPixelSize: 12
            lineHeight: tile.fits ? 1 : 1.08
            text: tile.text
            color: area.pressed ? look.ink : tile.filled ? look.onAccent : look.ink
        }
    }
    Rectangle {
        anchors.fill: parent
        anchors.margins: -2
        radius: tile.radius
        color: "transparent"
        border.color: look.focus
        border.width: 6
        visible: tile.activeFocus
        Rectangle {
            anchors.fill: parent
            anchors.margins: 6
            radius: tile.radius
            color: "transparent"
            border.color: look.paper
            border.width: 3
        }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: {
            tile.forceActiveFocus(Qt.MouseFocusReason);
            // The same once more within a second is a trembling hand.
            const now = Date.now();
            const again = !tile.repeats && now >= tile.lastTouch && now - tile.lastTouch < 1000;
            tile.lastTouch = now;
            if (!again)
                tile.activate();
        }
        onDoubleClicked: if (tile.repeats) tile.activate()
    }
}
