// A receipt from a real kiosk: somebody votes at its screen, a phone reads the code that the screen shows and the paper
// says once the ballot is cast, and Chromium opens what it leads to: the true page, and one where the server lies.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { axe, findings, keep, kPhone, launch, open, picture } from "./browser.ts";
import { KioskScreen } from "./kiosk_screen.ts";

const folder = mkdtempSync(join(tmpdir(), "tuixuan-receipt-"));
let browser: Browser;
let kiosk: KioskScreen;
let address = "";

before(async () => {
  browser = await launch();
  kiosk = new KioskScreen();
  await kiosk.until("page", (page) => page === "WaitingPage");
  await kiosk.tap("领一张演示凭条");
  await kiosk.until("get ballot", (ballot) => ballot === "not_cast");
  for (let step = Number(await kiosk.ask("get stepCount")); step > 0; step--) await kiosk.tap("下一步");
  await kiosk.seal();
});
after(async () => {
  await browser.close();
  assert.equal(await kiosk.close(), 0);
  rmSync(folder, { recursive: true });
});

async function judged(page: Page, name: string): Promise<string | null> {
  await page.waitForSelector(`[data-answer=${name}]`);
  return page.getAttribute(`[data-answer=${name}]`, "data-holds");
}

test("sealed and not cast: the screen shows no code that could be taken for a receipt", async () => {
  await assert.rejects(kiosk.scanScreen(join(folder, "sealed.png")));
  assert.match(await kiosk.ask("get tracker"), /^[0-9A-Z-]+$/);
});

test("cast: the hall shows the turnout, screen and paper say the same, and the phone checks the ballot in the log", async () => {
  const tracker = (await kiosk.ask("get tracker")).replaceAll("-", "");
  await kiosk.tap("投出选票");
  await kiosk.until("get receipt", (receipt) => receipt !== "");
  address = await kiosk.scanScreen(join(folder, "done.png"));
  assert.match(address, new RegExp(`^https://127\\.0\\.0\\.1:[0-9]+/ballot/${tracker}\\.html$`));
  const hall = await open(browser);
  await hall.goto(new URL("/hall.html", address).href);
  await hall.locator("[data-stage][data-open=true] dl [data-field=cast]", { hasText: /^1$/ }).waitFor();
  await picture(hall, "hall-moved-zh");
  await kiosk.tap("打印回执");
  await kiosk.until("get printed", (printed) => printed === "true");
  assert.equal(kiosk.scanPaper(folder), address);
  for (const name of ["sealed", "done", "paper"]) keep(join(folder, `${name}.png`), `kiosk-${name}`);
  const page = await open(browser, kPhone);
  await page.addInitScript(axe);
  assert.equal((await page.goto(address))?.status(), 200);
  assert.match(await page.innerText("main"), /这张票在选举日志里/);
  for (const name of ["latest", "receipt", "ballot"]) assert.equal(await judged(page, name), "true", name);
  assert.deepEqual(await findings(page), []);
  await picture(page, "phone-from-the-receipt-zh");
  await page.click("nav .language");
  for (const name of ["latest", "seen", "receipt", "ballot"]) assert.equal(await judged(page, name), "true", name);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await picture(page, "phone-from-the-receipt-en");
});

test("without scripts it says where the ballot stands, and that nothing is checked on the device", async () => {
  const page = await open(browser, { ...kPhone, javaScriptEnabled: false });
  await page.goto(address);
  assert.match(await page.innerText("main"), /在日志中\s+第 [0-9]+ 条[\s\S]*本机没有核对/);
});

// The server shows another entry, another proof, another tracker's receipt: the visitor's device says so.
const kLies: [string, string, (body: Buffer) => Buffer, string][] = [
  ["another entry", "**/tile/entries/**", (b) => Buffer.from(b.map((byte, i) => (i === b.length - 1 ? byte ^ 1 : byte))), "ballot"],
  ["another proof", "**/*.tlog-proof", (b) => Buffer.from(b.toString().replace(/\n([A-Za-z0-9+/]{43}=)\n/, (_, h: string) => `\n${h.startsWith("A") ? "B" : "A"}${h.slice(1)}\n`)), "receipt"],
  ["another entry's receipt", "**/*.tlog-proof", (b) => Buffer.from(b.toString().replace(/index ([0-9]+)/, (_, i: string) => `index ${Number(i) - 1}`)), "ballot"],
];
for (const [what, url, change, answer] of kLies)
  test(`a server that shows ${what} is found out`, async () => {
    const page = await open(browser);
    await page.route(url, async (route) => {
      const honest = await route.fetch();
      await route.fulfill({ response: honest, body: change(await honest.body()) });
    });
    await page.goto(address);
    assert.equal(await judged(page, answer), "false");
    assert.equal(await page.textContent(`[data-answer=${answer}] .check`), "log.receipt");
  });
