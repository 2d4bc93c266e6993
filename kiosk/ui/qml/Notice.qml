import QtQuick

// Something is wrong or must be known: a frame, a sign and a sentence.
Rectangle {
    id: notice
    property string text: ""
    visible: text !== ""
    implicitHeight: visible ? line.implicitHeight + 1.6 * look.gap : 0
    height: implicitHeight
    color: look.panel
    border.color: look.warn
    border.width: 4
    radius: look.gap
    onTextChanged: if (text !== "") look.say(text)
    Line {
        id: line
        x: 1.4 * look.gap
        width: parent.width - 2.8 * look.gap
        anchors.verticalCenter: parent.verticalCenter
        text: "▲ " + notice.text
        color: look.warn
        strong: true
    }
}
