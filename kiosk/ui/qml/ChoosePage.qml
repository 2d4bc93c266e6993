import QtQuick

// Up to so many of a long list: touch a name to choose it, once more to take it back; search by pinyin.
Page {
    id: page
    property bool searching: false
    title: kiosk.title
    hint: kiosk.hint
    counter: kiosk.counter
    notice: kiosk.problem
    tells: true
    Row {
        id: tools
        spacing: look.gap
        width: parent.width
        Tile {
            text: "⌕ " + (kiosk.filter !== "" ? look.t.find_name + look.t.colon + kiosk.filter : look.t.find_name)
            width: (tools.width - look.gap) * 0.6  // with room for the letters that come: nothing moves
            fits: true
            spoken: look.t.find_name
            boxed: false
            onTapped: { page.searching = !page.searching; kiosk.filter = ""; kiosk.rearranged(); }
        }
        Tile {
            text: look.t.chosen_only
            width: Math.min(implicitWidth, (tools.width - look.gap) * 0.4)
            boxed: true
            sign: "✓"
            chosen: kiosk.chosenOnly
            onTapped: kiosk.chosenOnly = !kiosk.chosenOnly
        }
    }
    Line {
        id: none
        anchors { left: parent.left; top: tools.bottom; topMargin: look.gap }
        width: list.width
        visible: kiosk.rows.count === 0
        text: kiosk.chosenOnly ? look.t.none_chosen : look.t.found_none
    }
    ListView {
        id: list
        anchors { left: parent.left; top: tools.bottom; bottom: parent.bottom; topMargin: look.gap }
        width: (page.searching ? parent.width * 0.42 : parent.width) - scroller.wide - look.gap
        clip: true
        cacheBuffer: 2000
        boundsBehavior: Flickable.StopAtBounds
        spacing: look.gap * 0.7
        model: kiosk.rows
        delegate: Tile {
            required property int place
            required property string title
            required property string note
            required property int mark
            width: list.width
            boxed: true
            leftAligned: true
            chosen: mark === 1
            factor: 1.1
            text: title + (note !== "" ? "（" + note + "）" : "")
            onTapped: kiosk.mark(place, chosen ? 0 : 1)
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
                visible: kiosk.writeLine !== "" && !page.searching
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
        anchors { left: list.right; leftMargin: look.gap; top: list.top; bottom: parent.bottom }
    }
    Body {
        visible: page.searching
        anchors { right: parent.right; top: tools.bottom; bottom: parent.bottom; topMargin: look.gap }
        width: parent.width * 0.58 - look.gap * 2
        Letters {
            width: parent.width
            onKey: name => kiosk.filter = kiosk.filter + name
            onErase: kiosk.filter = kiosk.filter.slice(0, -1)
        }
    }
    actions.backText: look.t.back
    actions.onBack: kiosk.back()
    actions.mainText: look.t.next
    actions.onMain: kiosk.next()
}
