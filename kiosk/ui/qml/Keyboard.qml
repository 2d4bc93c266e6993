import QtQuick

// Keys to touch, in rows; erase stands beside the last row.
Column {
    id: keyboard
    property var rows: []
    property var labels: ({})     // what stands on a key, if not the key itself
    property var says: ({})       // what it is called, if not what stands on it
    property bool erasable: true
    signal key(string name)
    signal erase
    readonly property int columns: {
        let most = 0;
        for (let i = 0; i < rows.length; ++i)
            most = Math.max(most, rows[i].length + (erasable && i === rows.length - 1 ? 2 : 0));
        return most;
    }
    readonly property real cell: Math.max(look.target, Math.min(look.target * 1.5, (width - (columns - 1) * spacing) / columns))
    spacing: look.gap * 0.6
    Repeater {
        model: keyboard.rows
        delegate: Row {
            id: line
            required property var modelData
            required property int index
            spacing: keyboard.spacing
            anchors.horizontalCenter: keyboard.horizontalCenter
            Repeater {
                model: line.modelData
                delegate: Tile {
                    required property string modelData
                    width: keyboard.cell
                    height: look.target
                repeats: true
                    factor: Math.min(1.2, look.target * 0.62 / look.unit)
                    text: keyboard.labels[modelData] || modelData
                    spoken: keyboard.says[modelData] || text
                    onTapped: keyboard.key(modelData)
                }
            }
            Tile {
                visible: keyboard.erasable && line.index === keyboard.rows.length - 1
                width: 2 * keyboard.cell + keyboard.spacing
                height: look.target
                    repeats: true
                factor: Math.min(1, look.target * 0.5 / look.unit)
                text: "⌫ " + look.t.erase
                spoken: look.t.erase
                onTapped: keyboard.erase()
            }
        }
    }
}
