import QtQuick

Page {
    title: look.t.done_title
    hint: kiosk.receipt !== "" ? look.t.done_logged : look.t.done_stored
    spoken: title + "。" + hint + "。" + look.t.tracker + "：" + kiosk.tracker.split("").join(" ")
    Body {
        id: body
        anchors.fill: parent
        Tracker {
            width: parent.width
            room: body.height - (kiosk.printed ? look.unit * 2 : 0)
            code: kiosk.ballotAddress
            caption: kiosk.receipt !== "" ? look.t.done_receipt : look.t.done_receipt_later
        }
        Line { width: parent.width; visible: kiosk.printed; text: "✓ " + look.t.printed }
    }
    actions.backText: look.t.finish
    actions.backMain: true
    actions.onBack: kiosk.finish()
    actions.mainText: kiosk.hasPrinter ? look.t.print_receipt : ""
    actions.mainPlain: true
    actions.mainEnabled: !kiosk.printed
    actions.onMain: kiosk.printReceipt()
}
