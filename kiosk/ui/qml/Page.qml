import QtQuick

// The shape of every page: heading, the middle, the actions. What gives something up lies apart: at the left above the
// actions, where no other page has anything to touch.
Item {
    id: page
    property string title: ""
    property string hint: ""
    property string counter: ""
    property string notice: ""
    property bool tells: false       // may have to say that something is wrong
    property bool low: false         // ... in the place of the title, on a page that needs all its height
    property bool single: false      // nothing but the heading: large, in the middle
    property string apartText: ""
    property string spoken: title + "。" + hint + (counter !== "" ? "。" + counter : "") + (notice !== "" ? "。" + notice : "")
    default property alias content: middle.data
    property alias actions: actions
    signal apart
    readonly property real floor: giving.visible ? giving.y : actions.y
    Heading {
        id: heading
        width: parent.width
        title: page.title
        hint: page.hint
        counter: page.counter
        told: page.notice
        tells: page.tells
        low: page.low
        visible: title !== ""
        large: page.single
        y: page.single ? Math.max(0, (page.floor - implicitHeight) / 2) : 0
        height: visible ? implicitHeight : 0
    }
    Item {
        id: middle
        anchors.top: heading.bottom
        anchors.topMargin: look.gap
        anchors.bottom: giving.visible ? giving.top : actions.top
        anchors.bottomMargin: look.gap
        width: parent.width
    }
    Tile {
        id: giving
        visible: page.apartText !== ""
        anchors.bottom: actions.top
        anchors.bottomMargin: look.target * (look.size >= 2 ? 0.4 : 0.8)
        width: Math.min(Math.max(implicitWidth, look.target * 3), page.width * 0.3)
        text: page.apartText
        onTapped: page.apart()
    }
    Actions {
        id: actions
        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
    }
}
