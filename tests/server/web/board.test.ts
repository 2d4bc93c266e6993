// The board in real Chromium: a demo congress is held, its turnout watched as it moves; then its server runs again and
// every page is looked at, in both languages, on a phone, a desktop, a projector and paper; the record, a receipt and a
// kept checkpoint are checked in the browser. No request leaves the origin, and axe finds nothing.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createPrivateKey, randomBytes, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { axe, bin, ended, findings, kPhone, launch, lineOf, open, picture, requests } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "tuixuan-board-"));
// A demo that was held before can be looked at again.
const hall = process.env["TUIXUAN_DEMO_DIR"] ?? join(folder, "hall");
let browser: Browser;
let held: ChildProcess | null = null;
let server: ChildProcess | null = null;
let site = "";
const seen: string[] = [];

// What the ballots of the demo's hall page said, one after the other, while the congress was held.
async function watchTurnout(address: string, over: () => boolean): Promise<void> {
  const page = await open(browser);
  for (let loaded = false; !over(); ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      if (!loaded) await page.goto(`${address}/hall.html`);
      loaded = true;
      const voting = page.locator("[data-stage][data-open=true] dl [data-field=cast]");
      const value = (await voting.allInnerTexts())[0] ?? "";
      if (value !== "" && seen.at(-1) !== value) seen.push(value);
      if (seen.length === 2) await picture(page, "hall-live-zh");
    } catch (error) {  // the server is not there yet, or its power was cut
      if (!/net::|Timeout|navigation|destroyed/.test(String(error))) throw error;
      loaded = false;
    }
  }
  await page.context().close();
}

before(async () => {
  browser = await launch();
  if (process.env["TUIXUAN_DEMO_DIR"] === undefined) {
    const port = 20000 + Math.floor(Math.random() * 20000);
    const demo = spawn(bin("tuixuan"), ["demo", "--exit", "--voters", "12", "--kiosks", "2", "--dir", hall, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "inherit"] });
    let over = false;
    held = demo;
    const end = ended(demo).then((code) => {
      over = true;
      return code;
    });
    await watchTurnout(`https://127.0.0.1:${port}`, () => over);
    assert.equal(await end, 0);
  }
  server = spawn(bin("tuixuan-server"), ["run", "--dir", join(hall, "server"), "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  site = (await lineOf(server, /(https?:\/\/127\.0\.0\.1:[0-9]+) /))[1]!;
});

after(async () => {
  await browser.close();
  if (held !== null && held.exitCode === null) held.kill("SIGTERM");
  server?.kill("SIGTERM");
  if (server !== null) await ended(server);
  rmSync(folder, { recursive: true });
});

// A checkpoint of the same size with another root, signed with the server's own key: what a dishonest server would show
// to somebody else.
function forkOf(note: string): string {
  const [origin, size] = note.split("\n");
  const text = `${origin}\n${size}\n${randomBytes(32).toString("base64")}\n`;
  const byLog = note.split("\n").find((line) => line.startsWith(`— ${origin} `))!;
  const id = Buffer.from(byLog.split(" ").at(-1)!, "base64").subarray(0, 4);
  const seed = Buffer.from(readFileSync(join(hall, "server", "log.key"), "utf8").trim(), "hex");
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
  return `${text}\n— ${origin} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString("base64")}\n`;
}

async function trackerOf(): Promise<string> {
  const page = await open(browser);
  await page.goto(`${site}/log/0.html`);
  const links = await page.locator("a[href^='../ballot/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  await page.context().close();
  assert.ok(links.length > 5, `${links.length} ballots`);
  return /([A-Z2-7]{26})\.html$/.exec(links[0]!)![1]!;
}

// Every page in both languages, narrow and wide, light and dark.
const kAxe = new Set(["phone", "desktopen/", "dark"]);
const kPages = [
  "index.html", "results.html", "hall.html", "ballot.html", "verify.html", "receipt.html", "log/0.html", "log/1.html",
  "stage/members.html", "stage/election.html", "stage/election/replay.html",
];

// How the numbers move is in receipt.test.ts, where each ballot comes when it is told to.
test("the turnout was there while people voted", { skip: process.env["TUIXUAN_DEMO_DIR"] !== undefined }, () => {
  assert.ok(seen.length > 0);
  for (const value of seen) assert.ok(Number(value) <= 12, seen.join(" "));
});

test("every page, in both languages, on four kinds of paper", async () => {
  const kinds: [string, BrowserContextOptions][] = [
    ["phone", kPhone],
    ["desktop", {}],
    ["projector", { viewport: { width: 1920, height: 1080 } }],
    ["dark", { colorScheme: "dark" }],
  ];
  const pages = [...kPages, `ballot/${await trackerOf()}.html`];
  for (const [kind, options] of kinds) {
    const page = await open(browser, options);
    await page.addInitScript(axe);
    for (const language of ["", "en/"])
      for (const name of pages) {
        const answer = await page.goto(`${site}/${language}${name}`);
        assert.equal(answer?.status(), 200, name);
        assert.match(answer!.headers()["content-security-policy"] ?? "", /default-src 'none'/);
        assert.equal(await page.getAttribute("html", "lang"), language === "" ? "zh-CN" : "en");
        if (name.endsWith("replay.html")) await page.waitForSelector("#controls:not([hidden])");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${kind} ${language}${name} is ${wide} pixels too wide`);
        if (kAxe.has(kind + language)) assert.deepEqual(await findings(page), [], `${kind} ${language}${name}`);
        await picture(page, `${kind}-${language}${name.replace(/ballot\/.*/, "my-ballot").replace(".html", "")}`.replaceAll("/", "-"));
      }
    await page.context().close();
  }
});

test("pages can be read without scripts, and printed", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  for (const name of ["index.html", "results.html", "stage/election.html", "log/0.html"]) {
    await page.goto(`${site}/${name}`);
    assert.ok((await page.locator("main").innerText()).length > 100, name);
  }
  await page.goto(`${site}/stage/election.html`);
  assert.match(await page.locator("main").innerText(), /应到 12，实到 12/);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav").isVisible(), false);
  await picture(page, "print-stage");
  await page.emulateMedia({ media: "screen" });
  const tracker = await trackerOf();
  await page.goto(`${site}/ballot.html`);
  await page.fill("#tracker", tracker.toLowerCase().replace(/(.{4})/g, "$1-"));
  await page.click("button");
  assert.match(page.url(), new RegExp(`/ballot/${tracker}\\.html$`));
});

test("my ballot: from the tracker to its entry, and its receipt checked in the browser", async () => {
  const tracker = await trackerOf();
  const page = await open(browser);
  await page.goto(`${site}/ballot.html`);
  await page.fill("#tracker", "not a tracker");
  await page.click("button");
  assert.match((await page.textContent("#said"))!, /26/);
  await page.fill("#tracker", tracker.replace(/(.{4})/g, "$1 "));
  await page.click("button");
  await page.waitForURL(`**/ballot/${tracker}.html`);
  assert.match(await page.innerText("main"), /这张票在选举日志里/);
  await page.waitForSelector("[data-answer=ballot]");
  assert.equal(await page.locator("[data-holds=true]").count(), 3);
  await page.click(`a[href$="#${tracker}"]`);
  await page.waitForURL(`**/receipt.html#${tracker}`);
  await page.waitForSelector("[data-answer=ballot]");
  assert.equal(await page.locator("[data-holds=true]").count(), 4, "the checkpoint that this device saw before, too");
  assert.equal(await page.locator("[data-holds=false]").count(), 0);
  await picture(page, "receipt-holds-zh");
});

test("a kept checkpoint: of this log it holds, of another it is an alarm with both as evidence", async () => {
  const page = await open(browser, { locale: "en-GB" });
  await page.goto(`${site}/en/receipt.html`);
  await page.fill("#kept", readFileSync(join(hall, "checkpoint-before-power-cut"), "utf8"));
  await page.click("button");
  await page.waitForSelector("[data-answer=kept]");
  assert.equal(await page.locator("[data-answer=kept]").getAttribute("data-holds"), "true");
  // The server's own key signs another log for another visitor: what it shows now does not continue it.
  await page.fill("#kept", forkOf(await (await page.request.get(`${site}/checkpoint`)).text()));
  await page.click("button");
  await page.waitForSelector("[data-answer=kept][data-holds=false]");
  assert.equal(await page.textContent("[data-answer=kept] .check"), "log.fork");
  assert.equal(await page.locator("[data-answer=kept] pre").count(), 2);
  await picture(page, "fork-en");
});

test("the whole record is verified in the browser, with the result of tuixuan-verify", async () => {
  const page = await open(browser);
  await page.goto(`${site}/verify.html`);
  await page.click("#start");
  await page.waitForSelector("#verdict:not([hidden])");
  assert.match((await page.textContent("#verdict"))!, /验证通过/);
  assert.equal(await page.locator("[data-group]:not([data-state=held])").count(), 0);
  const said = execFileSync(bin("tuixuan-verify"), [join(hall, "record.tuixuan"), "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const theirs = JSON.parse(said) as { verified: boolean; root: string; decisions: { entry: number; zh: string; en: string }[]; outcome: { offices: { elected: { name: string }[] }[] }; stages: { report: { contests: { persons: { approve: number; oppose: number; abstain: number }[] }[] } }[] };
  assert.ok(theirs.verified);
  const expected = theirs.stages.flatMap((s) => s.report.contests.flatMap((c) => c.persons.map((p) => [p.approve, p.oppose, p.abstain].map(String))));
  const shown = await page.locator("#result tbody tr").evaluateAll((rows) => rows.map((r) => [...r.children].slice(1, 4).map((c) => c.textContent!)));
  assert.deepEqual(shown, expected);
  assert.match(await page.innerText("#result"), new RegExp(theirs.root));
  const decided = await page.locator("[data-part=decisions] li").allInnerTexts();
  assert.deepEqual(decided, theirs.decisions.map((d) => `第 ${d.entry} 条：${d.zh}`));
  const outcome = await page.innerText("[data-part=outcome]");
  for (const person of theirs.outcome.offices.flatMap((o) => o.elected)) assert.match(outcome, new RegExp(person.name));
  await picture(page, "verified-zh");
  // The log tells who verified it last: the auditor, signed, and this device.
  await page.goto(`${site}/log/0.html`);
  await page.waitForSelector("#own-report:not([hidden])");
  assert.match(await page.innerText("#own-report"), /本机最近一次验证：.*，查到 [0-9]+ 条，✔ 全部成立/);
  assert.match(await page.innerText("main"), /审计人签名的最近一次报告[^]*沈明[^]*✔ 成立 日志完整，结果与重新计算一致/);
  await page.goto(`${site}/en/log/0.html`);
  assert.match(await page.innerText("#own-report"), /This device verified last on .*: ✔ all holds/);
  // What it found amiss is said by the check's name; what is no report is none.
  const remembered = `tuixuan-report ${site}/`;
  assert.notEqual(await page.evaluate((key) => localStorage.getItem(key), remembered), null);
  for (const [kept, shown] of [['{"time":0,"size":7,"check":"V05.chain"}', "7 entries: ✘ V05.chain"], ["{}", ""], ["null", ""], ["[", ""]] as const) {
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [remembered, kept] as const);
    await page.reload();
    await page.waitForLoadState("networkidle");
    assert.equal(await page.isVisible("#own-report"), shown !== "");
    assert.ok((await page.locator("#own-report").textContent())!.includes(shown));
  }
});

test("a browser that keeps nothing shows the verdict all the same", async () => {
  const page = await open(browser);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no storage", "SecurityError");
    };
  });
  await page.goto(`${site}/verify.html`);
  await page.click("#start");
  await page.waitForSelector("#verdict:not([hidden])");
  assert.match((await page.textContent("#verdict"))!, /验证通过/);
});

test("the count replayed ends with the result", async () => {
  const page = await open(browser);
  await page.goto(`${site}/stage/election/replay.html`);
  await page.waitForSelector("#controls:not([hidden])");
  await page.click("#step");
  assert.match((await page.textContent("#called"))!, /第 1 张，共 12 张/);
  await page.click("#end");
  assert.match((await page.textContent("#called"))!, /唱票完毕：12 张/);
  const called = Object.fromEntries(await page.locator("#tallies .line").evaluateAll((lines) => lines.map((l) => [l.getAttribute("data-name")!, l.querySelector(".number")!.textContent!])));
  await picture(page, "replay-end-zh");
  await page.goto(`${site}/stage/election.html`);
  const rows = await page.locator("main section").first().locator("tbody tr").evaluateAll((all) => all.map((r) => [r.querySelector("th")!.firstChild!.textContent!.trim(), r.querySelector(".votes .number")!.textContent!]));
  assert.ok(rows.length >= 7);
  for (const [name, votes] of rows) assert.equal(called[name!], votes, name);
});

test("a folder of plain files shows the same pages", async () => {
  const copy = join(folder, "board");
  execFileSync(bin("tuixuan"), ["board", "--record", join(hall, "record.tuixuan"), "--dir", copy], { stdio: "ignore" });
  const page = await open(browser);
  const theirs = await (await page.request.get(`${site}/en/stage/election.html`)).text();
  assert.equal(readFileSync(join(copy, "en/stage/election.html"), "utf8"), theirs);
  assert.match(readFileSync(join(copy, "verify.html"), "utf8"), /id="start"/);
  execFileSync(bin("tuixuan-verify"), [copy], { stdio: "ignore" });
  for (const format of ["pdf", "csv", "json"]) {
    const form = `stage/election/forms/report.${format}`;
    assert.ok((await (await page.request.get(`${site}/${form}`)).body()).equals(readFileSync(join(copy, form))), form);
  }
  // What a receipt's code names below another address, from a server that knows nothing but files.
  const files = createServer((request, response) => {
    const path = join(copy, new URL(request.url!, "http://x").pathname);
    if (path.endsWith(".html")) response.setHeader("Content-Type", "text/html");
    if (path.endsWith(".js")) response.setHeader("Content-Type", "text/javascript");
    response.end(readFileSync(path));
  }).listen(0, "127.0.0.1");
  await once(files, "listening");
  await page.goto(`http://127.0.0.1:${(files.address() as AddressInfo).port}/ballot/${await trackerOf()}.html`);
  await page.waitForSelector("[data-answer=ballot]");
  assert.equal(await page.locator("[data-holds=true]").count(), 3);
  files.close();
  files.closeAllConnections();
});

test("no request left the origin", () => {
  assert.ok(requests.length > 100);
  const outside = requests.filter((url) => !/^(https?:\/\/127\.0\.0\.1:[0-9]+\/|data:,|about:blank|blob:)/.test(url));
  assert.deepEqual(outside, []);
});
