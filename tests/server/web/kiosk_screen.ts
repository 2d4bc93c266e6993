// The program tuixuan-kiosk with its screen, offscreen, and the hand of tests/kiosk/hand in it; its demo congress.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { bin, ended, kHang } from "./browser.ts";

export class KioskScreen {
  private readonly child: ChildProcess;
  private pending = "";
  private said = "";
  private waiting: ((answer: string) => void)[] = [];

  constructor() {
    const env = { ...process.env, QT_QPA_PLATFORM: "offscreen", QT_QUICK_BACKEND: "software", QT_QPA_GENERIC_PLUGINS: "tuixuan_hand", QT_PLUGIN_PATH: bin("../test_plugins") };
    this.child = spawn(bin("tuixuan-kiosk"), ["--demo", "--ballot", "decision", "--dpi", "96"], { env, stdio: ["pipe", "pipe", "inherit"] });
    this.child.stdout!.setEncoding("utf8").on("data", (more: string) => this.read(more));
    this.child.on("exit", () => this.waiting.forEach((answer) => answer("")));
  }
  private read(more: string): void {
    const lines = (this.pending + more).split("\n");
    this.pending = lines.pop()!;
    for (const line of lines)
      if (line.startsWith("hand ")) this.waiting.shift()?.(line.slice(5));
      else this.said += `${line}\n`;
  }
  ask(command: string): Promise<string> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin!.write(`${command}\n`);
    });
  }
  async until(command: string, wanted: (answer: string) => boolean): Promise<string> {
    for (const end = Date.now() + kHang; Date.now() < end && this.child.exitCode === null; ) {
      const answer = await this.ask(command);
      if (wanted(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${command}: not what was waited for; ${this.said}`);
  }
  async tap(text: string): Promise<void> {
    await this.until(`tap ${text}`, (answer) => answer === "yes");
  }
  // 核对无误, whatever is empty.
  async seal(): Promise<void> {
    await this.tap("核对无误");
    if ((await this.until("page", (page) => page === "SealedPage" || page === "QuestionPage")) === "QuestionPage") await this.tap("不选了");
    await this.until("page", (page) => page === "SealedPage");
  }
  // What a phone reads on the screen; on the last paper that was printed.
  async scanScreen(picture: string): Promise<string> {
    await this.until(`picture ${picture}`, (answer) => answer === "yes");
    return codeOf(picture);
  }
  scanPaper(folder: string): string {
    const spool = join(/supervisor's key: (.*)\/[^/]+\/helper\.key/.exec(this.said)![1]!, "printed");
    const paper = readdirSync(spool).filter((f) => f.endsWith(".pdf")).sort().at(-1)!;
    execFileSync("pdftoppm", ["-r", "150", "-png", "-singlefile", join(spool, paper), join(folder, "paper")]);
    return codeOf(join(folder, "paper.png"));
  }
  async close(): Promise<number | null> {
    if (this.child.exitCode === null) await this.ask("close");
    return ended(this.child);
  }
}

const codeOf = (picture: string): string => execFileSync("zbarimg", ["--quiet", "--raw", picture], { encoding: "utf8" }).trim();
