import QtQuick

// Text in the voter's size and colours, wrapped, never cut.
Text {
    property real factor: 1
    property bool strong: false
    color: look.ink
    font.family: "Noto Sans CJK SC"
    font.pixelSize: look.unit * factor
    font.weight: strong ? Font.Bold : Font.Medium
    wrapMode: Text.Wrap
    lineHeight: 1.08
}
