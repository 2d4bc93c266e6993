import QtQuick

// People who may be elected, found by pinyin, strokes or surname; the one touched is taken over by the action below.
Item {
    id: picker
    readonly property bool surnames: kiosk.entry.mode === "surname" && kiosk.entry.query === ""
    Row {
        id: modes
        spacing: look.gap
        Repeater {
            model: [["pinyin", look.t.by_pinyin], ["strokes", look.t.by_strokes], ["surname", look.t.by_surname]]
            delegate: Tile {
                required property var modelData
                text: modelData[1]
                boxed: true
                chosen: kiosk.entry.mode === modelData[0]
                onTapped: { kiosk.entry.mode = modelData[0]; kiosk.rearranged(); }
            }
        }
        Line {
            height: look.target
            verticalAlignment: Text.AlignVCenter
            leftPadding: look.gap
            visible: !picker.surnames && look.size < 2
            text: (kiosk.entry.query !== "" ? kiosk.entry.query + "　" : "") + look.t.found_some.arg(kiosk.entry.foundCount)
        }
    }
    Body {
        visible: picker.surnames
        anchors { left: parent.left; right: parent.right; top: modes.bottom; bottom: parent.bottom; topMargin: look.gap }
        Flow {
            width: parent.width
            spacing: look.gap
            Repeater {
                model: kiosk.entry.surnames
                delegate: Tile {
                    required property var modelData
                    text: modelData.name + "　" + modelData.people
                    onTapped: { kiosk.rearranged(); kiosk.entry.pickSurname(modelData.name); }
                }
            }
        }
    }
    ListView {
        id: list
        visible: !picker.surnames
        anchors { left: parent.left; top: modes.bottom; bottom: parent.bottom; topMargin: look.gap }
        width: parent.width * 0.42 - scroller.wide - look.gap
        clip: true
        cacheBuffer: 1500
        boundsBehavior: Flickable.StopAtBounds
        spacing: look.gap * 0.7
        model: kiosk.entry.found
        delegate: Tile {
            required property int place
            required property string title
            required property string note
            readonly property string whole: title + (note !== "" ? "（" + note + "）" : "")
            width: list.width
            boxed: true
            leftAligned: true
            chosen: kiosk.entry.text === whole
            text: whole
            onTapped: kiosk.entry.pick(place)
        }
    }
    Line {
        anchors { left: list.left; top: list.top }
        width: list.width
        visible: !picker.surnames && kiosk.entry.foundCount === 0
        text: look.t.found_none
    }
    Scroller {
        id: scroller
        view: list
        visible: needed && !picker.surnames
        anchors { left: list.right; leftMargin: look.gap; top: list.top; bottom: parent.bottom }
    }
    Body {
        visible: !picker.surnames
        anchors { right: parent.right; top: modes.bottom; bottom: parent.bottom; topMargin: look.gap }
        width: parent.width * 0.58 - look.gap * 2
        Line {
            width: parent.width
            visible: look.size >= 2
            text: (kiosk.entry.query !== "" ? kiosk.entry.query + "　" : "") + look.t.found_some.arg(kiosk.entry.foundCount)
        }
        Letters {
            visible: kiosk.entry.mode === "pinyin"
            width: parent.width
            onKey: name => kiosk.entry.key(name)
            onErase: kiosk.entry.erase()
        }
        Column {
            visible: kiosk.entry.mode !== "pinyin"
            width: parent.width
            spacing: look.gap * 0.7
            Repeater {
                model: kiosk.entry.mode === "strokes" ? ["1", "2", "3", "4", "5"] : []
                delegate: Tile {
                    required property string modelData
                    width: parent.width
                    text: look.t["stroke_" + modelData]
                    repeats: true
                    onTapped: kiosk.entry.key(modelData)
                }
            }
            Tile { width: parent.width; text: "⌫ " + look.t.erase; spoken: look.t.erase; onTapped: { if (kiosk.entry.mode === "surname") kiosk.rearranged(); kiosk.entry.erase(); } }
        }
    }
}
