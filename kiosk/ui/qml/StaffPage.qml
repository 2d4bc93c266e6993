import QtQuick

// A supervisor's key opens it; then state, tests, report, end of voting.
Page {
    id: page
    property string file: kiosk.staff.keys.length === 1 ? kiosk.staff.keys[0] : ""
    property string passphrase: ""
    property bool capitals: false
    readonly property bool opened: kiosk.staff.open
    title: opened ? look.t.helper_title : look.t.key_title
    hint: opened ? "" : kiosk.staff.keys.length === 0 ? look.t.key_none : look.t.key_hint
    notice: kiosk.staff.message
    onOpenedChanged: passphrase = ""
    Component {
        id: keyPad
        Body {
            Repeater {
                model: kiosk.staff.keys
                delegate: Tile {
                    required property string modelData
                    width: parent.width
                    boxed: true
                    leftAligned: true
                    chosen: page.file === modelData
                    text: modelData.slice(modelData.lastIndexOf("/") + 1)
                    onTapped: page.file = modelData
                }
            }
            Tile { visible: kiosk.staff.keys.length === 0; width: parent.width; text: look.t.key_look; onTapped: kiosk.staff.look() }
            Line { width: parent.width; visible: page.file !== ""; text: look.t.key_passphrase + "　" + "●".repeat(page.passphrase.length) }
            Keyboard {
                visible: page.file !== ""
                width: parent.width
                readonly property var small: [["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"], ["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"],
                                              ["a", "s", "d", "f", "g", "h", "j", "k", "l", "-"], ["⇧", "z", "x", "c", "v", "b", "n", "m"]]
                rows: page.capitals ? small.map(row => row.map(k => k.toUpperCase())) : small
                onKey: name => {
                    if (name === "⇧")
                        page.capitals = !page.capitals;
                    else
                        page.passphrase += name;
                }
                onErase: page.passphrase = page.passphrase.slice(0, -1)
            }
        }
    }
    Component {
        id: facts
        Body {
            id: body
            Grid {
                width: parent.width
                columns: look.size >= 2 ? 1 : 2
                spacing: look.gap
                Repeater {
                    model: kiosk.staff.lines
                    delegate: Line {
                        required property var modelData
                        width: (body.inner - look.gap) / (look.size >= 2 ? 1 : 2)
                        text: modelData.label + "　" + modelData.value
                    }
                }
            }
            Flow {
                width: parent.width
                spacing: look.gap
                Tile { text: look.t.run_tests; onTapped: kiosk.staff.runTests() }
                Tile { text: look.t.print_report; enabled: kiosk.hasPrinter; onTapped: kiosk.staff.printReport() }
                Tile { text: look.t.end_voting; onTapped: kiosk.staff.endVoting() }
                Tile { text: look.t.shut_down; onTapped: kiosk.staff.shutDown() }
            }
            Repeater {
                model: kiosk.staff.tests
                delegate: Line {
                    required property var modelData
                    width: body.inner
                    text: (modelData.good ? "✓ " : "▲ ") + modelData.label + "　" + modelData.value
                    color: modelData.good ? look.ink : look.warn
                }
            }
        }
    }
    Loader {
        anchors.fill: parent
        sourceComponent: page.opened ? facts : keyPad
    }
    actions.backText: look.t.close_page
    actions.onBack: kiosk.closeOverlay()
    actions.mainText: page.opened ? "" : look.t.key_open
    actions.mainEnabled: page.file !== "" && page.passphrase.length >= 8
    actions.onMain: { kiosk.staff.unlock(page.file, page.passphrase); page.passphrase = ""; }
}
