import QtQuick

// Candidates, each with its answers side by side; another name under one who is opposed, or on a line of its own.
Page {
    id: page
    readonly property bool stacked: look.size >= 2 || kiosk.answers.length > 3
    readonly property int cells: kiosk.answers.length + (kiosk.writesUnder ? 1 : 0)
    function cell(wide) {
        const room = stacked ? wide : wide * 0.7 - look.gap;
        return (room - (cells - 1) * look.gap) / cells - 0.5;
    }
    title: kiosk.title
    hint: kiosk.hint
    counter: kiosk.counter
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
            required property string written
            required property int writtenAt
            required property bool canWrite
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
                Flow {
                    width: parent.width
                    spacing: look.gap
                    Item {
                        width: page.stacked ? parent.width : parent.width * 0.3
                        height: page.stacked ? name.implicitHeight : Math.max(look.target, name.implicitHeight)
                        Line {
                            id: name
                            width: parent.width
                            anchors.verticalCenter: parent.verticalCenter
                            factor: 1.15
                            strong: true
                            text: (row.place + 1) + "  " + row.title + (row.note !== "" ? "（" + row.note + "）" : "")
                        }
                    }
                    Repeater {
                        model: kiosk.answers
                        delegate: Tile {
                            required property var modelData
                            width: page.cell(parts.width)
                            boxed: true
                            stays: true
                            quiet: modelData.mark === 0
                            sign: modelData.sign
                            chosen: row.mark === modelData.mark
                            text: modelData.label
                            spoken: row.title + "，" + modelData.label
                            onTapped: kiosk.mark(row.place, modelData.mark)
                        }
                    }
                    // Its place is kept, so that nothing moves when it comes.
                    Tile {
                        visible: kiosk.writesUnder
                        shown: row.canWrite || row.written !== ""
                        width: page.cell(parts.width)
                        height: implicitHeight
                        fits: true
                        text: row.written !== "" ? "✎ " + row.written : "✎ " + look.t.write_another
                        spoken: row.written !== "" ? row.title + "，" + look.t.written + look.t.colon + row.written + "，" + look.t.change
                                                   : row.title + "，" + look.t.write_another
                        onTapped: row.written !== "" ? kiosk.changeWritten(row.writtenAt) : kiosk.startWriteIn(row.place + 1)
                    }
                }
            }
        }
        footer: Column {
            width: list.width
            topPadding: look.gap
            spacing: look.gap
            Repeater {
                model: kiosk.writtenNames
                delegate: Tile {
                    required property var modelData
                    width: list.width
                    text: look.t.written + look.t.colon + modelData.name + "　✎ " + look.t.change
                    onTapped: kiosk.changeWritten(modelData.at)
                }
            }
            Tile {
                visible: kiosk.writeLine !== ""
                width: list.width
                text: "✎ " + kiosk.writeLine
                spoken: kiosk.writeLine
                onTapped: kiosk.startWriteIn(0)
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
