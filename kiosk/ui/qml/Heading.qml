import QtQuick

// Title of a page and the sentence under it; what is left to choose stands at the right. What is wrong or must be known
// is said in the place of the sentence, in a frame with a sign, so that nothing below moves.
Item {
    id: heading
    property string title: ""
    property string hint: ""
    property string counter: ""
    property string told: ""
    property bool tells: false       // keeps the place for what may have to be told
    property bool low: false         // no place for a sentence: it is told in the place of the title
    property bool large: false
    implicitHeight: texts.implicitHeight
    Column {
        id: texts
        width: heading.width
        spacing: look.gap * 0.4
        Item {
            id: titleRow
            opacity: heading.low && heading.told !== "" ? 0 : 1
            width: parent.width
            height: Math.max(titleLine.implicitHeight, badge.visible ? badge.height : 0)
            Line {
                id: titleLine
                width: parent.width - (badge.visible ? badge.width + look.gap : 0)
                anchors.verticalCenter: parent.verticalCenter
                text: heading.title
                factor: !heading.large ? 1.3 : look.size < 2 ? 1.8 : 1.35
                strong: true
                horizontalAlignment: heading.large ? Text.AlignHCenter : Text.AlignLeft
            }
            Rectangle {
                id: badge
                visible: heading.counter !== ""
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                width: Math.max(count.implicitWidth, look.unit * 6) + 2 * look.gap
                height: count.implicitHeight + look.gap
                radius: height / 2
                color: look.panel
                border.color: look.accent
                border.width: 3
                Line { id: count; anchors.centerIn: parent; text: heading.counter; strong: true; wrapMode: Text.NoWrap }
            }
        }
        Item {
            id: band
            width: parent.width
            height: Math.max(hintLine.implicitHeight * (hintLine.text !== "" ? 1 : 0),
                             !heading.low && (heading.tells || heading.told !== "") ? look.unit * 1.5 * (look.size >= 2 ? 1.3 : 1) + look.gap * 0.8 : 0)
            visible: height > 0
            Line {
                id: hintLine
                width: parent.width
                anchors.verticalCenter: parent.verticalCenter
                text: heading.hint
                opacity: heading.told === "" ? 1 : 0
                color: look.soft
                factor: !heading.large ? 1 : look.size < 2 ? 1.15 : 0.95
                horizontalAlignment: heading.large ? Text.AlignHCenter : Text.AlignLeft
            }
        }
    }
    Rectangle {
        y: heading.low ? 0 : band.y
        width: heading.width
        height: heading.low ? titleRow.height : band.height
        visible: heading.told !== ""
        color: look.panel
        border.color: look.warn
        border.width: 4
        radius: look.gap * 0.6
        Line {
            id: toldLine
            x: look.gap
            width: parent.width - 2 * look.gap
            height: parent.height - look.gap * 0.6
            anchors.verticalCenter: parent.verticalCenter
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.Fit
            lineHeight: 1
            minimumPixelSize: 14
            text: heading.told === "" ? "" : "▲ " + heading.told
            onTextChanged: if (heading.told !== "") look.say(heading.told)
            color: look.warn
            strong: true
        }
    }
}
