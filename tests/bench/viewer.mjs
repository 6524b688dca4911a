// How soon the photos of a story are there when a reader opens them, and how soon the
// next one is.
//
// node tests/bench/viewer.mjs [--runs N] [--path en/stories/…/] [--folder dist]
//
// On a phone with a quarter of this machine's processor. Each figure is from the press
// of a button until the browser has drawn what comes of it: the work of the app, of
// layout and of painting, and the wait for the next frame. Without a throttle the same,
// beside it.
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../e2e/chromium.mjs";
import { DIST, startServer } from "../e2e/server.mjs";

const words = process.argv.slice(2);
const option = (name, otherwise) => (words.includes(name) ? words[words.indexOf(name) + 1] : otherwise);
const RUNS = Number(option("--runs", 7));
const PATH = option("--path", "en/stories/the-night-of-paper-boats/");

const browser = await chromium.launch(CHROMIUM);
const server = await startServer({ root: option("--folder", DIST) });

/** From a press until it is drawn, and the app's part of it, milliseconds. */
const press = (selector) => {
  const element = document.querySelector(selector);
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      // A finger is there before it presses.
      element.dispatchEvent(new Event("touchstart", { bubbles: true }));
      const start = performance.now();
      element.click();
      const worked = performance.now() - start;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ drawn: performance.now() - start, worked });
        port2.postMessage(null);
      });
    });
  });
};

async function run(rate) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(server.url(PATH));
  await page.locator("html[data-boot=ok]").waitFor();
  await page.locator("#main a[href*='/photos/'] img").first().scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  const debug = await context.newCDPSession(page);
  await debug.send("Emulation.setCPUThrottlingRate", { rate });
  const opened = await page.evaluate(press, "#main a[href*='/photos/']");
  await page.waitForTimeout(600);
  const moved = [];
  for (let step = 0; step < 4; step += 1) {
    moved.push(await page.evaluate(press, "dialog [name=next]"));
    await page.waitForTimeout(600);
  }
  await context.close();
  return { opened: [opened], moved };
}

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const line = (values) => `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
for (const rate of [1, 4]) {
  const runs = [];
  for (let count = 0; count < RUNS; count += 1) runs.push(await run(rate));
  console.log(rate === 1 ? "this machine" : `a processor ${rate} times as slow`);
  for (const what of ["opened", "moved"]) {
    const all = runs.flatMap((one) => one[what]);
    console.log(`  ${what}: drawn after ${line(all.map(({ drawn }) => drawn))}, the app's part ${line(all.map(({ worked }) => worked))}`);
  }
}
await browser.close();
await server.close();
