import QtQuick

Page {
    id: page
    title: look.t.display_title
    hint: look.t.display_hint
    component Choices: Flow {
        id: choices
        property string caption
        property var names: []
        property int current: 0
        signal chose(int index)
        width: parent.width
        spacing: look.gap
        Item {
            width: look.size >= 2 ? parent.width : look.target * 2
            height: Math.max(caption.implicitHeight, look.size >= 2 ? 0 : look.target)
            Line { id: caption; width: parent.width; anchors.verticalCenter: parent.verticalCenter; text: choices.caption; strong: true }
        }
        Repeater {
            model: choices.names
            delegate: Tile {
                required property string modelData
                required property int index
                boxed: true
                width: Math.max(implicitWidth, look.target * 2.2)
                chosen: choices.current === index
                text: modelData
                spoken: choices.caption + "，" + modelData
                onTapped: choices.chose(index)
            }
        }
    }
    Body {
        anchors.fill: parent
        Choices {
            caption: look.t.size
            names: [look.t.size_0, look.t.size_1, look.t.size_2, look.t.size_3]
            current: look.size
            onChose: index => look.size = index
        }
        Choices {
            caption: look.t.theme
            names: [look.t.theme_0, look.t.theme_1, look.t.theme_2]
            current: look.theme
            onChose: index => look.theme = index
        }
        Choices {
            visible: look.hasVoice
            caption: look.t.voice
            names: [look.t.voice_off, look.t.voice_on]
            current: look.voice ? 1 : 0
            onChose: index => look.voice = index === 1
        }
        Tile {
            visible: look.hasVoice
            shown: look.voice
            text: look.t.blank_on
            width: Math.max(implicitWidth, look.target * 3)
            onTapped: look.blank = true
        }
        Line { width: parent.width; text: look.t.keys_hint; color: look.soft }
    }
    actions.mainText: look.t.ok
    actions.onMain: kiosk.closeOverlay()
}
