import QtQuick

// Every character of a usual keyboard, for a passphrase: small letters, capitals, signs.
Keyboard {
    id: pad
    property string shift: "small"
    signal typed(string name)
    readonly property var shifts: ({
        small: ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm"],
        capitals: ["1234567890", "QWERTYUIOP", "ASDFGHJKL_", "ZXCVBNM"],
        signs: ["!\"#$%&'()*", "+,./:;<=>?", "@[\\]^_`{|}", "~-"]
    })
    labels: ({ "\u21e7": shift === "capitals" ? "abc" : "ABC", "\u2318": shift === "signs" ? "abc" : "#+=", " ": look.t.space })
    rows: shifts[shift].map((line, i) => i < 3 ? line.split("") : ["\u21e7", "\u2318"].concat(line.split(""), " "))
    onKey: name => {
        if (name === "\u21e7")
            shift = shift === "capitals" ? "small" : "capitals";
        else if (name === "\u2318")
            shift = shift === "signs" ? "small" : "signs";
        else
            typed(name);
    }
}
