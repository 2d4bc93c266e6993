import QtQuick

// The cause first, then whether the ballot is safe, then what to do.
Page {
    id: page
    readonly property bool voting: kiosk.ballot === "not_cast" || kiosk.ballot === "unknown"
    readonly property string kind: kiosk.fault.kind || ""
    title: "▲ " + (kiosk.fault.cause || "")
    hint: kiosk.fault.safe || ""
    spoken: (kiosk.fault.cause || "") + "。" + hint + "。" + (kiosk.fault.voter || "")
    Body {
        anchors.fill: parent
        Line { width: parent.width; factor: 1.15; strong: true; text: kiosk.fault.voter || "" }
        Line { width: parent.width; text: kiosk.fault.helper || ""; color: look.soft }
        Line { width: parent.width; text: kiosk.fault.detail || ""; color: look.soft; factor: 0.8; wrapMode: Text.WrapAnywhere }
    }
    apartText: page.voting ? look.t.leave_go : ""
    onApart: kiosk.leave()
    actions.backText: !page.voting && (page.kind === "refused" || page.kind === "log" || page.kind === "disk") ? look.t.staff : ""
    actions.onBack: kiosk.openStaff()
    actions.mainText: page.kind === "printer" ? look.t.go_on : page.kind === "scanner" ? look.t.type_instead : page.kind === "refused" ? look.t.ok : look.t.try_again
    actions.onMain: kiosk.retry()
}
