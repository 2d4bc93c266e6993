import QtQuick

// The shape of every page: heading, a notice if something is wrong, the middle, the actions.
Item {
    id: page
    property string title: ""
    property string hint: ""
    property string counter: ""
    property string notice: ""
    property bool single: false      // nothing but the heading: large, in the middle
    property string spoken: title + "。" + hint + (counter !== "" ? "。" + counter : "") + (notice !== "" ? "。" + notice : "")
    default property alias content: middle.data
    property alias actions: actions
    Heading {
        id: heading
        width: parent.width
        title: page.title
        hint: page.hint
        counter: page.counter
        visible: title !== ""
        large: page.single
        y: page.single ? Math.max(0, (actions.y - implicitHeight) / 2) : 0
        height: visible ? implicitHeight : 0
    }
    Notice {
        id: notice
        anchors.top: heading.bottom
        anchors.topMargin: visible ? look.gap : 0
        width: parent.width
        text: page.notice
    }
    Item {
        id: middle
        anchors.top: notice.bottom
        anchors.topMargin: look.gap
        anchors.bottom: actions.top
        anchors.bottomMargin: look.gap
        width: parent.width
    }
    Actions {
        id: actions
        anchors.bottom: parent.bottom
        width: parent.width
        height: implicitHeight
    }
}
