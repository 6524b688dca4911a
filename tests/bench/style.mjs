// What is it worth that a page holds the style of its first screen?
//
// node tests/bench/style.mjs [--pairs N] [--path en/stories/…/] [--folder dist]
//
// The same page, in turn (A B A B), each with an empty cache, on a slow phone:
// - external: the page waits for its style sheet
// - published: as press writes it
// Pages of one kind differ in pictures and length; the default is the story that the
// byte budget is measured with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../e2e/chromium.mjs";
import { DIST, startServer } from "../e2e/server.mjs";

const words = process.argv.slice(2);
const option = (name, otherwise) => (words.includes(name) ? words[words.indexOf(name) + 1] : otherwise);
const PAIRS = Number(option("--pairs", 11));
const root = option("--folder", DIST);
const PATH = option("--path", "en/stories/beijing-meeting-on-child-rights-2010/");

const page = `${PATH}index.html`;
const published = readFileSync(join(root, page), "utf8");
const STYLE = /<style>[\s\S]*?<\/style>\n/;
const SHEET = /<link rel="stylesheet"[^>]*>\n/;
if (!STYLE.test(published)) throw new Error(`/${PATH} holds no style: there is nothing to compare`);
const link = SHEET.exec(published)[0];
const href = /href="([^"]*)"/.exec(link)[1];
// The one sheet the page would have: the faces and everything else.
const assets = JSON.parse(readFileSync(join(root, "assets/assets.json"), "utf8"));
const css = [assets.faces, assets.style].map((sheet) => readFileSync(join(root, sheet.href), "utf8")).join("");
const WHOLE = "assets/whole.css";
const external = published
  .replace(SHEET, "")
  .replace(STYLE, () => `<link rel="stylesheet" href="${href.replace(assets.style.href, WHOLE)}">\n`);
const size = (text) => brotliCompressSync(Buffer.from(text)).length;
console.log(
  `brotli, before it is read: external ${size(external)} + ${size(css)} = ${size(external) + size(css)} bytes; published ${size(published)}`,
);

const browser = await chromium.launch(CHROMIUM);
const servers = {
  external: await startServer({ root, quality: 11, overlay: { [page]: external, [WHOLE]: css } }),
  published: await startServer({ root, quality: 11 }),
};

async function load(server) {
  const context = await browser.newContext({
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    serviceWorkers: "block",
  });
  const tab = await context.newPage();
  const debug = await context.newCDPSession(tab);
  await debug.send("Network.enable");
  await debug.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (0.75 * 1024 * 1024) / 8,
  });
  await debug.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await tab.addInitScript(() => {
    window.largest = 0;
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.largest = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await tab.goto(server.url(PATH), { waitUntil: "load" });
  await tab.waitForTimeout(500);
  const figures = await tab.evaluate(() => ({
    first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    largest: window.largest,
    shift: window.shift,
  }));
  await context.close();
  return figures;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const figures = { external: [], published: [] };
// The first of everything fills the servers' caches and is not counted.
for (const name of Object.keys(servers)) await load(servers[name]);
for (let pair = 0; pair < PAIRS; pair += 1) {
  for (const name of Object.keys(servers)) figures[name].push(await load(servers[name]));
  process.stderr.write(`\rpair ${pair + 1} of ${PAIRS}`);
}
process.stderr.write("\n");
await browser.close();
for (const server of Object.values(servers)) await server.close();

for (const figure of ["first", "largest"]) {
  const of = (name) => figures[name].map((one) => one[figure]);
  console.log(`${figure} contentful paint, median of ${PAIRS}:`);
  for (const name of Object.keys(figures)) {
    const range = `${Math.min(...of(name)).toFixed(0)}–${Math.max(...of(name)).toFixed(0)}`;
    console.log(`  ${name}: ${median(of(name)).toFixed(0)} ms (${range})`);
  }
  const ratios = of("published").map((after, pair) => after / of("external")[pair]);
  console.log(`  published to external, pair by pair: ${median(ratios).toFixed(3)}`);
}
for (const name of Object.keys(figures)) {
  console.log(`layout shift, ${name}, largest: ${Math.max(...figures[name].map(({ shift }) => shift)).toFixed(4)}`);
}
