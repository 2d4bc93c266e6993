import QtQuick
import Tuixuan.Kiosk

// One page at a time under the bar that is always there.
Rectangle {
    id: main
    color: look.paper
    readonly property var files: ({
        closed: "ClosedPage", stopped: "StoppedPage", waiting: "WaitingPage", slip: "SlipPage", write_in: "WriteInPage", review: "ReviewPage",
        sealed: "SealedPage", challenged: "ChallengedPage", done: "DonePage", idle: "IdlePage", leave: "LeavePage",
        fault: "FaultPage", question: "QuestionPage", display: "DisplayPage", staff: "StaffPage", enrol: "EnrolPage"
    })
    readonly property string file: {
        if (kiosk.page !== "contest")
            return files[kiosk.page];
        if (kiosk.form === "choose")
            return "ChoosePage";
        if (kiosk.form === "grades")
            return "GradePage";
        return kiosk.person !== "" ? "DecisionPage" : "MarkPage";
    }
    function speakPage() {
        if (loader.item)
            look.say(look.t["ballot_" + kiosk.ballot] + "。" + loader.item.spoken);
    }
    Connections {
        target: kiosk
        function onPageChanged() {
            loader.turn();
        }
    }
    Connections {
        target: look
        property bool spoke: false
        function onChanged() {
            if (look.voice && !spoke)
                main.speakPage();
            spoke = look.voice;
        }
    }
    TopBar {
        id: bar
        x: look.gap * 1.5
        y: look.gap
        width: parent.width - 3 * look.gap
    }
    Loader {
        id: loader
        objectName: "body"
        function turn() {
            source = "";
            source = main.file + ".qml";
            main.speakPage();
        }
        Component.onCompleted: turn()
        x: look.gap * 1.5
        width: parent.width - 3 * look.gap
        anchors.top: bar.bottom
        anchors.topMargin: look.gap
        anchors.bottom: parent.bottom
        anchors.bottomMargin: look.gap * 1.2
    }
    Rectangle {
        anchors.fill: parent
        color: "black"
        visible: look.blank
        MouseArea { anchors.fill: parent; onClicked: look.blank = false }
    }
}
