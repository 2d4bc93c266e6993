import QtQuick

// Asked before it is done. The answer that changes nothing is where keys begin; what seals, erases or opens lies apart.
Page {
    readonly property var asked: kiosk.question
    readonly property bool aboutName: asked.kind === "name"
    single: true
    title: asked.title || ""
    hint: asked.hint || ""
    spoken: title + "。" + hint + "。" + (asked.safe || "") + "，" + (asked.other ? asked.other + "，" : "") + (asked.go || "")
    apartText: aboutName ? "" : asked.go || ""
    onApart: kiosk.confirm()
    actions.backText: aboutName ? asked.safe || "" : ""
    actions.backSafe: true
    actions.onBack: kiosk.stay()
    actions.midText: aboutName ? asked.go || "" : asked.other || ""
    actions.onMid: aboutName ? kiosk.confirm() : kiosk.rewrite()
    actions.mainText: aboutName ? "" : asked.safe || ""
    actions.mainSafe: true
    actions.onMain: kiosk.stay()
}
