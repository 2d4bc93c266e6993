import QtQuick

// The letters in the order of the alphabet, in narrow rows, for searching names.
Keyboard {
    rows: [["a", "b", "c", "d", "e", "f", "g"], ["h", "i", "j", "k", "l", "m", "n"], ["o", "p", "q", "r", "s", "t", "u"],
           ["v", "w", "x", "y", "z"]]
}
