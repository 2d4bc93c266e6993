// How long a visitor with a phone waits for the first view: Chromium with a processor four times slower and the network
// of a phone, by the DevTools protocol; nothing in its cache. Of a demo's folder, by hand:
//   TUIXUAN_BIN_DIR=build/release/bin TUIXUAN_DEMO_DIR=DIR node --test build/release/web/out/test/first_view.test.mjs
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { bin, ended, kPhone, launch, lineOf, open } from "./browser.ts";

const kRuns = 5;
const kWanted = 1000;
// Milliseconds to the first byte of an answer, bytes a second.
const kNetworks: [string, number, number][] = [
  ["slow 4G (150 ms, 1.6 Mbit/s)", 150, 204_800],
  ["DevTools' Slow 4G (562.5 ms, 1.44 Mbit/s)", 562.5, 180_000],
];
const kPages = ["index.html", "hall.html", "results.html", "stage/election.html", "ballot.html", "log/0.html"];
let browser: Browser;
let server: ChildProcess;
let site = "";

before(async () => {
  browser = await launch();
  server = spawn(bin("tuixuan-server"), ["run", "--dir", join(process.env["TUIXUAN_DEMO_DIR"]!, "server"), "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  site = (await lineOf(server, /(https:\/\/127\.0\.0\.1:[0-9]+) /))[1]!;
});
after(async () => {
  await browser.close();
  server.kill("SIGTERM");
  await ended(server);
});

async function firstView(name: string, latency: number, throughput: number): Promise<number> {
  const page = await open(browser, kPhone);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput / 2 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(`${site}/${name}`);
  const painted = await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  const time = (await painted.jsonValue())!;
  await page.context().close();
  return time;
}

for (const [network, latency, throughput] of kNetworks)
  test(`first view: ${network}`, async () => {
    for (const name of kPages) {
      const times: number[] = [];
      for (let i = 0; i < kRuns; i++) times.push(await firstView(name, latency, throughput));
      times.sort((a, b) => a - b);
      console.log(`| ${network} | ${name} | ${Math.round(times[Math.floor(kRuns / 2)]!)} | ${Math.round(times.at(-1)!)} |`);
      assert.ok(times[Math.floor(kRuns / 2)]! < kWanted, name);
    }
  });
