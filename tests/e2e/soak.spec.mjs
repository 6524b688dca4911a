// For a long time, and on a bad day: nothing grows, nothing breaks, nobody sees a
// blank page. Short here; at full length with `cargo xtask test --deep`.
import { expect, open, started, test } from "./fixtures.mjs";
import { pages } from "./dist.mjs";
import { DEEP } from "./deep.mjs";

const NAVIGATIONS = DEEP ? 500 : 60;
const VIEWS = DEEP ? 1_000 : 60;
const SEEDS = [1, 2, 3, 4];
/** Bytes that may be held more after the navigations than before. */
const GROWTH = 10_000_000;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Follows the link that the number falls on, among those the app opens itself, and
 * waits until its page stands. Gives its path.
 */
async function follow(number) {
  const base = document.documentElement.dataset.base;
  const leads = (link) =>
    link.origin === location.origin &&
    link.pathname !== location.pathname &&
    !link.hash &&
    link.pathname.startsWith(base) &&
    /^\w\w\/(stories\/|pages\/|$)/.test(link.pathname.slice(base.length)) &&
    link.pathname.endsWith("/");
  const links = [...document.querySelectorAll("#dateline a[href]")].filter(leads);
  const link = links[Math.floor(number * links.length)];
  const { pathname } = link;
  link.click();
  const until = performance.now() + 30_000;
  const stands = () => {
    const heading = document.querySelector("main h1, main article.card");
    return location.pathname === pathname && heading && !document.querySelector("[aria-busy=true]");
  };
  while (!stands()) {
    if (performance.now() > until) throw new Error(`${pathname} never came`);
    await new Promise((next) => setTimeout(next, 10));
  }
  return pathname;
}

/** Keeps hold of the app's memory, which is outside of the script's heap. */
function keepMemory() {
  const original = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...values) => {
    const answer = await original.apply(WebAssembly, values);
    window.appMemory = (answer.instance ?? answer).exports.memory;
    return answer;
  };
}

test(`${NAVIGATIONS} navigations leave no more than ten megabytes`, async ({ page, context }) => {
  test.setTimeout(600_000);
  await page.addInitScript(keepMemory);
  await open(page, "en/");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
    const app = await page.evaluate(() => window.appMemory.buffer.byteLength);
    return { heap: metric("JSHeapUsedSize"), app, nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
  };
  const roll = dice(7);
  await page.evaluate(() => (window.sameDocument = true));
  for (let n = 0; n < 20; n += 1) await page.evaluate(follow, roll());
  const before = await measure();
  const seen = new Set();
  for (let n = 0; n < NAVIGATIONS; n += 1) seen.add(await page.evaluate(follow, roll()));
  // Measured where it began: a long story holds more than a front.
  await page.evaluate(() => document.querySelector("header.masthead a").click());
  await expect(page.locator("article.card").first()).toBeVisible();
  const after = await measure();
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
  expect(seen.size).toBeGreaterThan(5);
  const told = `before ${JSON.stringify(before)}, after ${JSON.stringify(after)}, ${seen.size} pages`;
  test.info().annotations.push({ type: "measured", description: told });
  console.log(told);
  expect(after.heap - before.heap + (after.app - before.app), told).toBeLessThan(GROWTH);
});

const FAULTS = [
  () => ({ status: 404 }),
  () => ({ status: 500 }),
  () => ({ status: 503 }),
  () => ({ reset: true }),
  () => ({ html: true }),
  () => ({ truncate: 200 }),
  () => ({ alter: 20 }),
  () => ({ body: "" }),
  () => ({ type: "text/plain" }),
  (roll) => ({ delay: 100 + 900 * roll() }),
  () => ({ drip: { bytes: 4_000, every: 15 } }),
];

/** Whether the page is one of the site's, and can be read. */
/** All but the pages in place of one: their button loads the page anew, at a new risk. */
const read = pages.filter((path) => !/\/(offline|saved)\/$/.test(path));

const isReadable = () => {
  const text = document.querySelector("main")?.innerText ?? "";
  return text.trim().length > 30 && document.querySelector("main h1, main article.card") !== null;
};

for (const seed of SEEDS) {
  const views = VIEWS / SEEDS.length;
  test(`${views} page views with one answer of twenty wrong end readable, seed ${seed}`, async ({
    page,
    site,
    context,
    expectConsole,
  }) => {
    test.setTimeout(900_000);
    // Whatever the browser says of a bad answer; never what the page itself throws.
    expectConsole(/^console (error|warning)/, /^request failed/);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    page.setDefaultNavigationTimeout(10_000);
    await page.addInitScript(() => {
      window.rejections = [];
      addEventListener("unhandledrejection", ({ reason }) => window.rejections.push(String(reason)));
    });
    const roll = dice(seed);
    let wrong = 0;
    site.fault(/^/, {
      choose() {
        if (roll() >= 0.05) return undefined;
        wrong += 1;
        return FAULTS[Math.floor(roll() * FAULTS.length)](roll);
      },
    });
    const tally = { loads: 0, visits: 0, retries: 0, reloads: 0, unstarted: 0, blank: 0 };
    /** As a reader would: load the page, and again if the answer was not the site's. */
    const load = async (path) => {
      for (let n = 0; n < 6; n += 1) {
        await page.goto(path, { waitUntil: "domcontentloaded" }).catch(() => undefined);
        if (await page.evaluate(isReadable).catch(() => false)) return;
        tally.reloads += 1;
      }
      tally.blank += 1;
    };
    for (let view = 0; view < views; view += 1) {
      const runs = await page.evaluate(() => document.documentElement.dataset.boot === "ok").catch(() => false);
      if (runs && roll() < 0.5) {
        tally.visits += 1;
        await page.evaluate(follow, roll());
      } else {
        tally.loads += 1;
        await load(read[Math.floor(roll() * read.length)]);
        // The app starts, or says that it does not; or its script never came.
        const began = () => /^(ok|failed)$/.test(document.documentElement.dataset.boot ?? "");
        const until = Date.now() + 4_000;
        while (!(await page.evaluate(began).catch(() => false)) && Date.now() < until) await page.waitForTimeout(30);
        if (Date.now() >= until) tally.unstarted += 1;
      }
      for (let n = 0; n < 6 && (await page.locator(".failure button.retry").count()) > 0; n += 1) {
        tally.retries += 1;
        await page.locator(".failure button.retry").first().click();
        await page.waitForTimeout(1_500);
      }
      const shown = await page.evaluate(() => document.querySelector("main")?.innerText);
      expect(await page.evaluate(isReadable), `${page.url()} after ${view} views: ${shown}`).toBe(true);
      expect(await page.evaluate(() => window.rejections), page.url()).toEqual([]);
    }
    const told = `seed ${seed}: ${wrong} wrong answers, ${JSON.stringify(tally)}`;
    test.info().annotations.push({ type: "measured", description: told });
    console.log(told);
    expect(tally.blank, told).toBe(0);
    site.heal();
    await page.goto("en/");
    await started(page);
  });
}
