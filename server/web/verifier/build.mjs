// node build.mjs FOLDER VERSION: verify.mjs (command line), worker.js (for pages of the server) verifier.html (one file, offline)
// and the scripts of the board from the sources, and the tests below test/. Prints their sizes; the verifier compressed must stay under 300 kB.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const kLimit = 300_000;
// Our own sources and two packages; nothing else gets into what is built.
const kAllowed = /^(src\/|board\/|node_modules\/@noble\/(curves|hashes)\/)/;
const [out, version] = process.argv.slice(2);
if (version === undefined) throw new Error("node build.mjs FOLDER VERSION");
mkdirSync(out, { recursive: true });

async function bundle(entry, options) {
  const built = await build({ entryPoints: [entry], bundle: true, write: false, metafile: true, minify: true, legalComments: "none", charset: "utf8", target: "es2022", ...options });
  for (const input of Object.keys(built.metafile.inputs))
    if (!kAllowed.test(input)) throw new Error(`${input} may not be part of ${entry}`);
  return built.outputFiles[0].text;
}

const sha256 = (text) => createHash("sha256").update(text).digest("base64");
const inScript = (text) => text.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "<\\!--");

const worker = await bundle("src/page/worker.ts", { format: "iife", platform: "browser" });
const define = { kWorkerSource: JSON.stringify(worker) };
const script = inScript(await bundle("src/page/main.ts", { format: "iife", platform: "browser", define }));
const style = (await bundle("src/page/page.css", { loader: { ".css": "css" } })).trim();
const parts = { STYLE_HASH: sha256(style), SCRIPT_HASH: sha256(script), STYLE: style, SCRIPT: script };
const page = readFileSync("src/page/page.html", "utf8").replace(/@([A-Z_]+)@/g, (_, name) => parts[name]);
const command = await bundle("src/cli/main.ts", { format: "esm", platform: "node", target: "node18", minify: false, define: { kVersion: JSON.stringify(version) } });

const board = [];
for (const name of ["hall", "ballot", "mine", "verify", "receipt", "log", "replay"])
  board.push([`${name}.js`, await bundle(`board/${name}.ts`, { format: "esm", platform: "browser" })]);

for (const [name, text] of [["verify.mjs", command], ["worker.js", worker], ["verifier.html", page], ...board]) {
  writeFileSync(join(out, name), text);
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${name}: ${Buffer.byteLength(text)} bytes, ${size} compressed`);
  if (size > kLimit) throw new Error(`${name} is over ${kLimit} bytes compressed`);
}

if (existsSync("test"))
  await build({
    entryPoints: readdirSync("test").filter((f) => f.endsWith(".test.ts")).map((f) => join("test", f)),
    bundle: true, outdir: join(out, "test"), outExtension: { ".js": ".mjs" }, format: "esm", platform: "node", target: "node18",
    sourcemap: "inline", external: ["playwright-core"], logLevel: "error",
  });
