import QtQuick

// Pinyin below, characters to touch above it, the name so far on top.
Item {
    id: pad
    Rectangle {
        id: shown
        width: parent.width
        height: Math.max(look.target, name.implicitHeight + look.gap)
        color: look.panel
        border.color: look.ink
        border.width: 2
        radius: look.gap * 0.6
        Line {
            id: name
            x: look.gap * 1.5
            anchors.verticalCenter: parent.verticalCenter
            factor: Math.min(1.4, look.target * 0.6 / look.unit)
            strong: true
            text: kiosk.entry.text + (kiosk.entry.spelling !== "" ? " " + kiosk.entry.spelling : "") + "▏"
        }
    }
    Flickable {
        id: choices
        anchors { left: parent.left; right: scroller.left; top: shown.bottom; bottom: letters.top; topMargin: look.gap; bottomMargin: look.gap }
        anchors.rightMargin: scroller.visible ? look.gap : 0
        clip: true
        contentHeight: flow.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        Flow {
            id: flow
            width: choices.width
            spacing: look.gap * 0.7
            Repeater {
                model: kiosk.entry.candidates
                delegate: Tile {
                    required property string modelData
                    required property int index
                    text: modelData
                    repeats: true
                    factor: Math.min(1.3, look.target * 0.6 / look.unit)
                    width: Math.max(implicitWidth, look.target * 1.2)
                    onTapped: { choices.contentY = 0; kiosk.entry.choose(index); }
                }
            }
        }
    }
    Scroller {
        id: scroller
        view: choices
        anchors { right: parent.right; top: choices.top; bottom: choices.bottom }
    }
    Keyboard {
        id: letters
        anchors.bottom: parent.bottom
        width: parent.width
        rows: [["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"], ["a", "s", "d", "f", "g", "h", "j", "k", "l"],
               ["z", "x", "c", "v", "b", "n", "m", "·"]]
        onKey: name => kiosk.entry.key(name)
        onErase: kiosk.entry.erase()
    }
}
