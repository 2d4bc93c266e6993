// Chromium for the tests: pages that may not fail or break their policy, their requests written down; pictures; axe.
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";

const kFlags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run",
];
const kTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const pictures = process.env["TUIXUAN_PICTURES"];

export const axe = readFileSync(createRequire(join(process.cwd(), "package.json")).resolve("axe-core/axe.min.js"), "utf8");
export const bin = (name: string): string => join(process.env["TUIXUAN_BIN_DIR"] ?? "", name);
export const kPhone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };
// As long as only a hang takes (tests/support/wait.h).
export const kHang = 900_000;
// Of every page that open() gave.
export const requests: string[] = [];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: kFlags, timeout: kHang });

export async function open(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "zh-CN", viewport: { width: 1200, height: 900 }, ...options });
  context.setDefaultTimeout(kHang);
  const page = await context.newPage();
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => assert.fail(error));
  page.on("console", (message) => assert.ok(!/Content Security Policy/.test(message.text()), message.text()));
  return page;
}

// A picture that something else took.
export function keep(file: string, name: string): void {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  copyFileSync(file, join(pictures, `board-${name}.png`));
}

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `board-${name}.png`), fullPage: true });
}

type Axe = { run: (where: Document, options: unknown) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };

// What axe finds, and where; it is on every page by an init script, which the pages' policy does not concern.
export async function findings(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, { runOnly: tags });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join(" | ")}`);
  }, kTags);
}

export const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.once("exit", resolve));

// Resolves with the first line that matches; the rest is read on.
export function lineOf(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout!.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    });
    child.on("exit", (code) => reject(new Error(`it ended with ${code}: ${text}`)));
  });
}
