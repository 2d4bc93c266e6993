import QtQuick

// One person or item, and its answers as large as they fit.
Page {
    id: page
    title: kiosk.title
    hint: kiosk.hint
    notice: kiosk.problem
    tells: true
    spoken: title + "。" + kiosk.person + "。" + hint
    Body {
        id: body
        anchors.fill: parent
        centred: true
        Line { width: parent.width; horizontalAlignment: Text.AlignHCenter; factor: 2; strong: true; text: kiosk.person }
        Repeater {
            model: kiosk.rows
            delegate: Column {
                id: row
                required property int place
                required property string title
                required property int mark
                required property string written
                required property int writtenAt
                required property bool canWrite
                width: body.inner
                spacing: look.gap
                Grid {
                    id: grid
                    width: parent.width
                    columns: look.size >= 2 ? 2 : kiosk.answers.length
                    spacing: look.gap * 1.5
                    Repeater {
                        model: kiosk.answers
                        delegate: Tile {
                            required property var modelData
                            width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                            height: Math.max(implicitHeight, look.target * (look.size >= 2 ? 1.1 : 2))
                            factor: look.size >= 2 ? 1.1 : 1.4
                            boxed: true
                            stays: true
                            quiet: modelData.mark === 0
                            sign: modelData.sign
                            chosen: row.mark === modelData.mark
                            text: modelData.label
                            spoken: kiosk.person + "，" + modelData.label
                            onTapped: kiosk.mark(row.place, modelData.mark)
                        }
                    }
                }
                Tile {
                    visible: kiosk.writesUnder
                    shown: row.canWrite || row.written !== ""
                    width: parent.width
                    fits: true
                    text: "✎ " + (row.written !== "" ? look.t.written + look.t.colon + row.written : look.t.write_another)
                    onTapped: row.written !== "" ? kiosk.changeWritten(row.writtenAt) : kiosk.startWriteIn(row.place + 1)
                }
            }
        }
    }
    actions.backText: look.t.back
    actions.onBack: kiosk.back()
    actions.mainText: look.t.next
    actions.onMain: kiosk.next()
}
