import QtQuick

// Two large tiles beside a list that is longer than the screen, saying that there is more above or below: one over the
// other, or side by side where the list is low.
Grid {
    id: scroller
    required property Flickable view
    readonly property bool needed: view.contentHeight > view.height + 1
    readonly property real offset: view.contentY - view.originY
    visible: needed
    readonly property real wide: Math.max(look.target * 1.15, look.unit * 2.6)
    readonly property bool low: height < 2 * look.target + spacing
    columns: low ? 2 : 1
    width: !needed ? 0 : low ? 2 * wide + spacing : wide
    spacing: look.gap
    function turn(by) {
        const least = view.originY;
        const most = Math.max(least, view.originY + view.contentHeight - view.height);
        view.contentY = Math.min(most, Math.max(least, view.contentY + by * 0.8 * view.height));
    }
    Tile {
        width: scroller.wide
        height: scroller.low ? scroller.height : (scroller.height - scroller.spacing) / 2
        text: "▲"
        factor: 1.3
        repeats: true
        spoken: look.t.up + "，" + look.t.more_above
        enabled: scroller.offset > 1
        onTapped: scroller.turn(-1)
    }
    Tile {
        width: scroller.wide
        height: scroller.low ? scroller.height : (scroller.height - scroller.spacing) / 2
        text: "▼"
        factor: 1.3
        repeats: true
        spoken: look.t.down + "，" + look.t.more_below
        enabled: scroller.offset < scroller.view.contentHeight - scroller.view.height - 1
        onTapped: scroller.turn(1)
    }
}
