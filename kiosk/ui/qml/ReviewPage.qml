import QtQuick

Page {
    id: page
    title: look.t.review_title
    hint: look.t.review_hint
    notice: kiosk.canSeal ? kiosk.refusal : look.t.review_fix
    tells: true
    spoken: {
        let all = title + "。";
        for (const part of kiosk.review)
            all += part.title + "：" + part.lines + "。" + (part.problem !== "" ? part.problem + "。" : "");
        return all + (kiosk.canSeal ? hint : look.t.review_fix);
    }
    Body {
        anchors.fill: parent
        spacing: look.gap
        Repeater {
            model: kiosk.review
            delegate: Tile {
                id: part
                required property var modelData
                required property int index
                width: parent.width
                implicitHeight: Math.max(look.target, texts.implicitHeight + 2 * look.gap)
                border.color: modelData.problem !== "" ? look.warn : look.line
                border.width: modelData.problem !== "" ? 6 : 2
                spoken: modelData.title + "：" + modelData.lines + "。" + (modelData.problem !== "" ? modelData.problem : look.t.change)
                onTapped: kiosk.goTo(index)
                Line {
                    id: change
                    anchors.right: parent.right
                    anchors.rightMargin: look.gap * 1.5
                    anchors.verticalCenter: parent.verticalCenter
                    text: "✎ " + look.t.change
                    color: look.accent
                    strong: true
                }
                Column {
                    id: texts
                    x: look.gap * 1.5
                    width: change.x - x - look.gap
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: look.gap * 0.3
                    Line { width: parent.width; text: part.modelData.title; strong: true }
                    Line {
                        width: parent.width
                        text: (part.modelData.empty ? "▲ " : "") + part.modelData.lines
                        color: part.modelData.empty ? look.warn : look.ink
                    }
                    Line { width: parent.width; visible: part.modelData.problem !== ""; text: "▲ " + part.modelData.problem; color: look.warn; strong: true }
                }
            }
        }
    }
    actions.backText: look.t.back
    actions.onBack: kiosk.back()
    actions.midText: look.t.review_seal
    actions.midEnabled: kiosk.canSeal
    actions.onMid: kiosk.seal()
}
