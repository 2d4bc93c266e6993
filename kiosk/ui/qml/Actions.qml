import QtQuick

// The lowest row of a page, in three places that never touch: back at the left, what seals or confirms in the middle,
// the way on at the right. Whatever casts or erases lies elsewhere (Page.apart, the middle of a page).
Item {
    id: actions
    property string backText: ""
    property string midText: ""
    property string mainText: ""
    property bool backEnabled: true
    property bool midEnabled: true
    property bool mainEnabled: true
    property bool backMain: false     // the way on lies at the left, on a page where the right has led to
    property bool mainSafe: false     // changes nothing: where keys begin
    property bool backSafe: false
    property bool mainPlain: false    // not the way on
    signal back
    signal mid
    signal main
    implicitHeight: Math.max(backTile.visible ? backTile.implicitHeight : 0, midTile.visible ? midTile.implicitHeight : 0,
                             mainTile.visible ? mainTile.implicitHeight : 0)
    Tile {
        id: backTile
        visible: actions.backText !== ""
        text: actions.backText
        height: actions.implicitHeight
        width: Math.min(Math.max(implicitWidth, look.target * 2), actions.width * 0.26)
        main: actions.backMain
        safe: actions.backSafe
        enabled: actions.backEnabled
        onTapped: actions.back()
    }
    Tile {
        id: midTile
        visible: actions.midText !== ""
        x: actions.width * 0.47 - width / 2
        width: Math.min(Math.max(implicitWidth + look.target, look.target * 4), actions.width * 0.34)
        height: actions.implicitHeight
        main: true
        factor: 1.1
        enabled: actions.midEnabled
        text: actions.midText
        onTapped: actions.mid()
    }
    Tile {
        id: mainTile
        visible: actions.mainText !== ""
        anchors.right: parent.right
        width: Math.min(Math.max(implicitWidth + look.target, look.target * 4), actions.width * 0.32)
        height: actions.implicitHeight
        main: !actions.mainPlain
        safe: actions.mainSafe
        factor: 1.1
        enabled: actions.mainEnabled
        text: actions.mainText
        onTapped: actions.main()
    }
}
