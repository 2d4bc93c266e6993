import QtQuick

// The middle of a page: a column that scrolls, with tiles to scroll by, when it does not fit.
Item {
    id: body
    default property alias content: column.data
    property bool centred: false
    property alias spacing: column.spacing
    readonly property real inner: column.width
    Flickable {
        id: flick
        anchors { left: parent.left; top: parent.top; bottom: parent.bottom; right: scroller.left }
        anchors.rightMargin: scroller.visible ? look.gap : 0
        clip: true
        contentHeight: Math.max(column.implicitHeight, 1)
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: column
            width: flick.width
            y: body.centred ? Math.max(0, (flick.height - implicitHeight) / 2) : 0
            spacing: look.gap * 1.5
        }
    }
    Scroller {
        id: scroller
        view: flick
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
    }
}
