// What a reader on a slow phone waits for, side by side with the same page
// without scripts. `cargo xtask bench` runs this. Options: --pairs N (9).
//
// A page is opened with an empty cache in a fresh browser context, the two
// variants in turn (A B A B), so that whatever else the machine does hits both.
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../e2e/chromium.mjs";
import { startServer } from "../e2e/server.mjs";

const words = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = words.indexOf(name);
  return at < 0 ? otherwise : Number(words[at + 1]);
};
const PAIRS = option("--pairs", 9);
const VISITS = option("--visits", 15);
const STORY = "en/stories/beijing-meeting-on-child-rights-2010/";

const PHONE = { width: 412, height: 823 };
const SLOW_CPU = 4;
const SLOW_NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 1024 * 1024) / 8,
};

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const browser = await chromium.launch(CHROMIUM);
// Brotli 11 is what a CDN keeps ready.
const app = await startServer({ quality: 11 });
const plain = await startServer({ quality: 11, scripts: false });

/** A fresh context with one page, as slow as asked. */
async function fresh({ cpu, network }) {
  const context = await browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  if (network) {
    await debug.send("Network.enable");
    await debug.send("Network.emulateNetworkConditions", network);
  }
  if (cpu) await debug.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  return { context, page };
}

/** One cold load: first and largest contentful paint in ms, layout shift. */
async function load(server, waitForApp) {
  const { context, page } = await fresh({ cpu: SLOW_CPU, network: SLOW_NETWORK });
  await page.addInitScript(() => {
    window.largest = 0;
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.largest = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(server.url(STORY), { waitUntil: "load" });
  if (waitForApp) await page.waitForSelector("html[data-boot=ok]", { timeout: 60_000 });
  await page.waitForTimeout(500);
  const figures = await page.evaluate(() => ({
    first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    largest: window.largest,
    shift: window.shift,
  }));
  await context.close();
  return figures;
}

/**
 * From the click to the frame that shows the new headline, in ms. The story was
 * fetched ahead, as a finger or pointer on the link does.
 */
async function visit(cpu) {
  const { context, page } = await fresh({ cpu });
  await page.goto(app.url("en/"), { waitUntil: "load" });
  await page.waitForSelector("html[data-boot=ok]");
  const link = `article.card a[href*="/stories/"]`;
  const fetched = page.waitForResponse((response) => response.url().includes("/articles/"));
  await page.evaluate((selector) => document.querySelector(selector).focus(), link);
  await fetched;
  await page.waitForTimeout(300);
  const time = await page.evaluate(
    (selector) =>
      new Promise((done) => {
        const from = document.querySelector("main h1");
        const started = performance.now();
        const frame = () => {
          const heading = document.querySelector("main h1");
          // The first frame that has the new headline; its paint ends before the
          // message posted inside it is delivered.
          if (heading && heading !== from && document.querySelector("article.story")) {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now() - started);
            port2.postMessage(0);
          } else requestAnimationFrame(frame);
        };
        document.querySelector(selector).click();
        requestAnimationFrame(frame);
      }),
    link,
  );
  await context.close();
  return time;
}

const rows = [];
/** A line of the table; `limit` is what must be reached. */
function row(name, value, limit, unit, digits = 0) {
  const over = value - limit;
  rows.push({
    what: name,
    measured: `${value.toFixed(digits)} ${unit}`,
    target: `≤ ${limit.toFixed(digits)} ${unit}`,
    verdict: over <= 0 ? "met" : `missed by ${over.toFixed(digits)} ${unit}`,
  });
}

// The first of everything fills the servers' caches and is not counted.
await load(app, true);
await load(plain, false);

const loads = { app: [], plain: [] };
for (let pair = 0; pair < PAIRS; pair += 1) {
  loads.app.push(await load(app, true));
  loads.plain.push(await load(plain, false));
  process.stderr.write(`\rcold loads: pair ${pair + 1} of ${PAIRS}`);
}
process.stderr.write("\n");
const of = (variant, figure) => median(loads[variant].map((one) => one[figure]));

const visits = {};
for (const [name, cpu] of [["full", undefined], ["slow", SLOW_CPU]]) {
  await visit(cpu);
  visits[name] = [];
  for (let count = 0; count < VISITS; count += 1) visits[name].push(await visit(cpu));
}

await browser.close();
await app.close();
await plain.close();

for (const [name, figure] of [["first", "first"], ["largest", "largest"]]) {
  console.log(
    `${name} contentful paint, median of ${PAIRS}: ${of("app", figure).toFixed(0)} ms with the app, ` +
      `${of("plain", figure).toFixed(0)} ms as plain HTML (ratio ${(of("app", figure) / of("plain", figure)).toFixed(3)})`,
  );
}
row("largest contentful paint, above plain HTML", 100 * (of("app", "largest") / of("plain", "largest") - 1), 5, "%", 1);
row("first contentful paint, above plain HTML", 100 * (of("app", "first") / of("plain", "first") - 1), 5, "%", 1);
row("layout shift, the worst load", Math.max(...loads.app.map(({ shift }) => shift)), 0, "", 4);
row(`to a prefetched story, CPU ÷${SLOW_CPU}, median of ${VISITS}`, median(visits.slow), 50, "ms", 1);
row(`to a prefetched story, full speed, median of ${VISITS}`, median(visits.full), 16, "ms", 1);
console.table(rows);
