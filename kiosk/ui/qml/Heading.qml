import QtQuick

// Title of a page and the sentence under it; what is left to choose stands at the right.
Item {
    id: heading
    property string title: ""
    property string hint: ""
    property string counter: ""
    property bool large: false
    implicitHeight: Math.max(texts.implicitHeight, badge.visible ? badge.height : 0)
    Column {
        id: texts
        width: heading.width - (badge.visible ? badge.width + look.gap : 0)
        spacing: look.gap * 0.4
        Line { width: parent.width; text: heading.title; factor: heading.large ? 1.8 : 1.3; strong: true; horizontalAlignment: heading.large ? Text.AlignHCenter : Text.AlignLeft }
        Line { width: parent.width; text: heading.hint; visible: text !== ""; color: look.soft; factor: heading.large ? 1.15 : 1; horizontalAlignment: heading.large ? Text.AlignHCenter : Text.AlignLeft }
    }
    Rectangle {
        id: badge
        visible: heading.counter !== ""
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: count.implicitWidth + 3 * look.gap
        height: count.implicitHeight + 1.6 * look.gap
        radius: height / 2
        color: look.panel
        border.color: look.accent
        border.width: 3
        Line { id: count; anchors.centerIn: parent; text: heading.counter; strong: true; wrapMode: Text.NoWrap }
    }
}
