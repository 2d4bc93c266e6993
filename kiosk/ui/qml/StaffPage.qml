import QtQuick

// A supervisor's key opens it; then state, tests, report, end of voting.
Page {
    id: page
    readonly property string card: "card"
    property string key: kiosk.staff.card ? card : kiosk.staff.keys.length === 1 ? kiosk.staff.keys[0] : ""
    property string passphrase: ""
    readonly property bool opened: kiosk.staff.open
    readonly property bool none: kiosk.staff.keys.length === 0 && !kiosk.staff.card
    readonly property bool ending: opened && kiosk.staff.ending
    title: ending ? look.t.end_title : opened ? look.t.helper_title : look.t.key_title
    hint: opened ? "" : none ? look.t.key_none : look.t.key_hint
    notice: kiosk.staff.message
    onOpenedChanged: passphrase = ""
    Component {
        id: keyPad
        Body {
            Repeater {
                model: kiosk.staff.card ? [page.card].concat(kiosk.staff.keys) : kiosk.staff.keys
                delegate: Tile {
                    required property string modelData
                    width: parent.width
                    boxed: true
                    leftAligned: true
                    chosen: page.key === modelData
                    text: modelData === page.card ? look.t.key_card : modelData.slice(modelData.lastIndexOf("/") + 1)
                    onTapped: page.key = modelData
                }
            }
            Tile { visible: page.none; width: parent.width; text: look.t.key_look; onTapped: kiosk.staff.look() }
            Line { width: parent.width; visible: page.key !== ""; text: look.t.key_passphrase + "　" + "●".repeat(page.passphrase.length) }
            PassphrasePad {
                visible: page.key !== ""
                width: parent.width
                onTyped: name => page.passphrase += name
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
            Repeater {
                model: kiosk.staff.missing
                delegate: Line {
                    required property string modelData
                    required property int index
                    width: body.inner
                    text: (index === 0 ? "▲ " : "") + modelData
                    strong: index === 0
                    color: index === 0 ? look.warn : look.ink
                }
            }
            Flow {
                width: parent.width
                spacing: look.gap
                Tile { text: look.t.run_tests; onTapped: kiosk.staff.runTests() }
                Tile { text: look.t.print_report; enabled: kiosk.hasPrinter; onTapped: kiosk.staff.printReport() }
                Tile { text: look.t.end_voting; visible: !kiosk.staff.ended; onTapped: kiosk.staff.askEnd() }
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
    Component {
        id: end
        Body {
            id: body
            Repeater {
                model: kiosk.staff.endFacts
                delegate: Line {
                    required property string modelData
                    width: body.inner
                    factor: 1.2
                    strong: true
                    text: modelData
                }
            }
            Line { width: parent.width; text: look.t.end_warning }
        }
    }
    Loader {
        anchors.fill: parent
        sourceComponent: page.ending ? end : page.opened ? facts : keyPad
    }
    actions.backText: page.ending ? look.t.end_stay : look.t.close_page
    actions.onBack: page.ending ? kiosk.staff.leaveEnd() : kiosk.closeOverlay()
    actions.mainText: page.ending ? look.t.end_go : page.opened ? "" : look.t.key_open
    actions.mainEnabled: page.ending || (page.key !== "" && page.passphrase.length >= 8)
    actions.onMain: {
        if (page.ending) {
            kiosk.staff.endVoting();
            return;
        }
        if (page.key === page.card)
            kiosk.staff.unlockCard(page.passphrase);
        else
            kiosk.staff.unlock(page.key, page.passphrase);
        page.passphrase = "";
    }
}
