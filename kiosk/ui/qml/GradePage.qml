import QtQuick

// People, or the items of one person, each with its grades.
Page {
    id: page
    title: kiosk.title
    hint: kiosk.person !== "" ? kiosk.person + "　" + kiosk.hint : kiosk.hint
    notice: kiosk.problem
    tells: true
    ListView {
        id: list
        anchors { left: parent.left; top: parent.top; bottom: parent.bottom; right: scroller.left }
        anchors.rightMargin: scroller.visible ? look.gap : 0
        clip: true
        cacheBuffer: 20000
        boundsBehavior: Flickable.StopAtBounds
        spacing: look.gap
        model: kiosk.rows
        delegate: Rectangle {
            id: row
            required property int place
            required property string title
            required property string note
            required property int mark
            width: list.width
            height: parts.implicitHeight + look.gap * 1.2
            color: look.panel
            border.color: look.line
            border.width: 1
            radius: look.gap
            Column {
                id: parts
                x: look.gap
                y: look.gap * 0.6
                width: parent.width - 2 * look.gap
                spacing: look.gap * 0.7
                Line { width: parent.width; factor: 1.1; strong: true; text: row.title + (row.note !== "" ? "（" + row.note + "）" : "") }
                Flow {
                    width: parent.width
                    spacing: look.gap
                    Repeater {
                        model: kiosk.grades
                        delegate: Tile {
                            required property string modelData
                            required property int index
                            width: Math.min(Math.max(implicitWidth, (parts.width - (kiosk.grades.length - 1) * look.gap) / kiosk.grades.length - 0.5), parts.width)
                            boxed: true
                            chosen: row.mark === index + 1
                            text: modelData
                            spoken: row.title + "，" + modelData
                            onTapped: kiosk.grade(row.place, chosen ? 0 : index + 1)
                        }
                    }
                }
            }
        }
    }
    Scroller {
        id: scroller
        view: list
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
    }
    actions.backText: look.t.back
    actions.onBack: kiosk.back()
    actions.mainText: look.t.next
    actions.onMain: kiosk.next()
}
