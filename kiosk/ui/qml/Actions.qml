import QtQuick

// The lowest row of a page: back at the left, the way forward at the right.
Item {
    id: actions
    property string backText: ""
    property string mainText: ""
    property string otherText: ""
    property bool mainEnabled: true
    property bool otherEnabled: true
    signal back
    signal main
    signal other
    readonly property real wide: width - 2 * look.gap
    implicitHeight: Math.max(backTile.visible ? backTile.height : 0, otherTile.visible ? otherTile.height : 0,
                             mainTile.visible ? mainTile.height : 0)
    Tile {
        id: backTile
        visible: actions.backText !== ""
        text: actions.backText
        height: Math.max(implicitHeight, mainTile.visible ? mainTile.implicitHeight : 0)
        width: Math.min(Math.max(implicitWidth, look.target * 2), actions.wide * 0.3)
        onTapped: actions.back()
    }
    Tile {
        id: otherTile
        visible: actions.otherText !== ""
        x: backTile.visible ? backTile.width + look.gap : 0
        width: mainTile.x - x - look.gap > implicitWidth + look.target ? implicitWidth + look.target : mainTile.x - x - look.gap
        height: Math.max(implicitHeight, mainTile.implicitHeight)
        text: actions.otherText
        enabled: actions.otherEnabled
        onTapped: actions.other()
    }
    Tile {
        id: mainTile
        visible: actions.mainText !== ""
        anchors.right: parent.right
        width: Math.min(Math.max(implicitWidth + look.target, look.target * 4), actions.wide * 0.45)
        height: Math.max(implicitHeight, backTile.visible ? backTile.implicitHeight : 0)
        main: true
        factor: 1.1
        enabled: actions.mainEnabled
        text: actions.mainText
        onTapped: actions.main()
    }
}
