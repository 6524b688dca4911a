// Would a story be seen earlier with its style sheet inside the page?
//
// node tests/bench/inlined-css.mjs [--pairs N] [--folder dist]
//
// The same story, in turn (A B C A B C), each with an empty cache, on a slow phone:
// - external: the style sheet is a file of its own, as it is published
// - inlined: the whole sheet stands in a <style>
// - split: all but the fonts in a <style>, which is then the same on every page and
//   needs one hash in the policy; the fonts in a small sheet behind the story
// All are served with a policy that allows inline styles: the published one does
// not, and the variants would not be styled at all.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../e2e/chromium.mjs";
import { DIST, SECURITY, startServer } from "../e2e/server.mjs";

const words = process.argv.slice(2);
const option = (name, otherwise) => (words.includes(name) ? words[words.indexOf(name) + 1] : otherwise);
const PAIRS = Number(option("--pairs", 11));
const root = option("--folder", DIST);
const STORY = "en/stories/beijing-meeting-on-child-rights-2010/";

SECURITY["content-security-policy"] = SECURITY["content-security-policy"].replace(
  "style-src 'self'",
  "style-src 'self' 'unsafe-inline'",
);

const page = `${STORY}index.html`;
const external = readFileSync(join(root, page), "utf8");
const link = /<link rel="stylesheet" href="([^"]*)"[^>]*>\n/;
const sheet = new URL(link.exec(external)[1], `file:///${page}`).pathname.slice(1);
// Addresses in the sheet are relative to it.
const folder = sheet.includes("/") ? sheet.slice(0, sheet.lastIndexOf("/") + 1) : "";
const css = readFileSync(join(root, sheet), "utf8").replace(
  /url\((["']?)(?!data:|\/|https?:)/g,
  `url($1../../../${folder}`,
);
const inlined = external.replace(link, () => `<style>${css}</style>\n`);
const fonts = css.match(/@font-face\s*{[^}]*}/g)?.join("\n") ?? "";
const rest = css.replace(/@font-face\s*{[^}]*}/g, "");
const FONTS = "assets/fonts-only.css";
const split = external
  .replace(link, () => `<style>${rest}</style>\n`)
  .replace("</body>", `<link rel="stylesheet" href="../../../${FONTS}">\n</body>`);
const size = (text) => brotliCompressSync(Buffer.from(text)).length;
console.log(
  `brotli: page ${size(external)} + sheet ${size(css)} = ${size(external) + size(css)} bytes; inlined ${size(inlined)}; split ${size(split)} + ${size(fonts)}`,
);

const browser = await chromium.launch(CHROMIUM);
const servers = {
  external: await startServer({ root, quality: 11 }),
  inlined: await startServer({ root, quality: 11, overlay: { [page]: inlined } }),
  split: await startServer({
    root,
    quality: 11,
    // From its own folder, fonts lie one step up.
    overlay: { [page]: split, [FONTS]: fonts.replaceAll("../../../assets/", "") },
  }),
};

async function load(server, path) {
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
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.largest = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await tab.goto(server.url(path), { waitUntil: "load" });
  await tab.waitForTimeout(500);
  const figures = await tab.evaluate(() => ({
    first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    largest: window.largest,
  }));
  await context.close();
  return figures;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const figures = { external: [], inlined: [], split: [] };
// The first of everything fills the servers' caches and is not counted.
for (const name of Object.keys(servers)) await load(servers[name], STORY);
for (let pair = 0; pair < PAIRS; pair += 1) {
  for (const name of Object.keys(servers)) figures[name].push(await load(servers[name], STORY));
  process.stderr.write(`\rpair ${pair + 1} of ${PAIRS}`);
}
process.stderr.write("\n");
await browser.close();
for (const server of Object.values(servers)) await server.close();

for (const figure of ["first", "largest"]) {
  const of = (name) => figures[name].map((one) => one[figure]);
  const before = median(of("external"));
  console.log(`${figure} contentful paint, median of ${PAIRS}:`);
  for (const name of Object.keys(figures)) {
    const after = median(of(name));
    const range = `${Math.min(...of(name)).toFixed(0)}–${Math.max(...of(name)).toFixed(0)}`;
    console.log(`  ${name}: ${after.toFixed(0)} ms (${range}), ratio ${(after / before).toFixed(3)}`);
  }
}
