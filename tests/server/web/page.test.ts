// The single file in real Chromium, opened from disk without a network: an honest record, a cheat, something else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, type Page, chromium } from "playwright-core";
import { verify } from "../src/verify.ts";
import { kHang } from "./browser.ts";
import { cheatsFolder, inMemory, readFolder } from "./records.ts";

const kFlags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run",
];
const file = process.env["TUIXUAN_VERIFIER"] ?? "";
const pictures = process.env["TUIXUAN_PICTURES"];
const folder = mkdtempSync(join(tmpdir(), "tuixuan-page-"));
let browser: Browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: kFlags, timeout: kHang });
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

// A record that the tests of the cheats left, as one ustar file.
function archiveOf(name: string): string {
  const archive = join(folder, `${name}.tuixuan`);
  const from = join(cheatsFolder(), name);
  const files = readdirSync(from).filter((f) => f !== "verdict").sort();
  const paths = execFileSync("find", [...files, "-type", "f"], { cwd: from, encoding: "utf8" }).trim().split("\n");
  execFileSync("tar", ["--format=ustar", "-cf", archive, ...paths], { cwd: from });
  return archive;
}

async function open(language: string, width = 1100): Promise<{ page: Page; requests: string[] }> {
  const context = await browser.newContext({ offline: true, locale: language, viewport: { width, height: 900 } });
  context.setDefaultTimeout(kHang);
  const page = await context.newPage();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(pathToFileURL(file).href);
  return { page, requests };
}

async function check(page: Page, record: string): Promise<void> {
  await page.setInputFiles("#file", record);
  await page.waitForSelector("#verdict:not([hidden])");
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

const textOf = async (page: Page, selector: string): Promise<string> => (await page.textContent(selector)) ?? "";

test("an honest record is verified, with the same result, in both languages", async () => {
  const { page, requests } = await open("zh-CN");
  await picture(page, "start-zh");
  await check(page, archiveOf("SetUpCheats.HonestRecordVerifies"));
  assert.match(await textOf(page, "#verdict"), /验证通过/);
  assert.equal(await page.locator("[data-group][data-state=held]").count(), 19);
  const expected = await verify(inMemory(readFolder(join(cheatsFolder(), "SetUpCheats.HonestRecordVerifies"))));
  const persons = expected.stages.flatMap((s) => s.report!.contests.flatMap((c) => c.persons));
  const shown = await page.locator("tbody tr").evaluateAll((rows) => rows.map((r) => [...r.children].map((c) => c.textContent)));
  assert.deepEqual(shown.map((r) => r.slice(1, 4)), persons.map((p) => [p.approve, p.oppose, p.abstain].map(String)));
  await picture(page, "verified-zh");
  await page.click("#language");
  assert.match(await textOf(page, "#verdict"), /Verified/);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await picture(page, "verified-en");
  assert.ok(requests.every((url) => /^(file|blob):/.test(url)), requests.join(" "));
});

test("cheats are refused by their names", async () => {
  const { page } = await open("zh-CN", 390);
  for (const name of ["MixCheats.n46_OneOutputReplaced", "CountCheats.n72_OneVoteMore", "BallotCheats.n30_SecondCastOfASlip"]) {
    await check(page, archiveOf(name));
    assert.match(await textOf(page, "#verdict"), /验证不通过/);
    assert.equal(await textOf(page, "#check"), readFileSync(join(cheatsFolder(), name, "verdict"), "utf8").trim());
    assert.equal(await page.locator("tbody tr").count(), 0, "no result of a record that does not hold");
    await picture(page, `refused-${name}`);
    await page.reload();
  }
});

test("a file that is no record, dropped on the page", async () => {
  const { page } = await open("en-GB");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["<b>not a record</b>"], "letter.tuixuan"));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector("#verdict:not([hidden])");
  assert.equal(await textOf(page, "#check"), "record.file");
  assert.match(await textOf(page, "#verdict"), /Not verified/);
  await picture(page, "not-a-record-en");
});

test("a name of a record that looks like markup stays text", async () => {
  const { page } = await open("en-GB");
  await page.setInputFiles("#file", { name: "<img src=x onerror=alert(1)>.tuixuan", mimeType: "", buffer: Buffer.from("") });
  await page.waitForSelector("#verdict:not([hidden])");
  assert.equal(await page.locator("#status img").count(), 0);
});
