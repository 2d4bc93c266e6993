import QtQuick

Page {
    id: page
    title: kiosk.against !== "" ? look.t.write_title_for.arg(kiosk.against) : look.t.write_title
    hint: look.size >= 2 ? "" : kiosk.entry.fromRoll ? look.t.write_pick_hint : look.t.write_type_hint
    spoken: title + "。" + (kiosk.entry.fromRoll ? look.t.write_pick_hint : look.t.write_type_hint)
    notice: kiosk.refusal
    tells: true
    low: look.size >= 2
    Loader {
        anchors.fill: parent
        source: kiosk.entry.fromRoll ? "RollPicker.qml" : "PinyinPad.qml"
    }
    actions.backText: look.t.back
    actions.onBack: kiosk.back()
    actions.mainText: look.t.write_use
    actions.mainEnabled: kiosk.entry.text !== "" || kiosk.entry.spelling !== ""
    actions.onMain: kiosk.writeIn()
}
