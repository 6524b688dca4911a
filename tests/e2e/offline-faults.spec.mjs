// The table of data-faults.mjs once more, with a service worker between the app and its
// server: the reader sees the same, no answer that is faulty is ever kept, and where a
// copy was kept before, the reader sees that and when it is from.
import { expect, open, test } from "./fixtures.mjs";
import { json, kinds, words } from "./dist.mjs";
import { FILE, HEAD, PARSER_TEXT, anyFile, storyFaults } from "./data-faults.mjs";
import { HEADLINE, expectView, follow, retryWorks, settled, shown } from "./fault-views.mjs";

test.use({ serviceWorkers: "allow" });

/** A page that needs none of the files the faults are of. */
const QUIET = kinds.page;
/** What Chromium adds where a worker hands on that there is no answer. */
const HANDED_ON = [/FetchEvent/, /Failed to fetch/, /request failed/, /ERR_/];

/** Opens a page under a worker that answers for it; nothing of the fault's file is kept. */
async function openWithWorker(page, path) {
  await open(page, QUIET);
  // As the app asks when a link is followed.
  await page.evaluate(() => document.dispatchEvent(new Event("dateline:keep")));
  await expect(page.locator("html")).toHaveAttribute("data-worker", "ready", { timeout: 30_000 });
  await open(page, path);
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
}

/** Waits as long as the app does. A worker knows nothing of a clock that a test sets. */
const patience = (page, { wait = 0 }) => page.waitForTimeout(wait);

/** So that the browser's own cache, which is not the worker's, has nothing. */
const UNCACHED = { headers: { "cache-control": "no-store" } };

/** The text that is kept of a file, wherever; `undefined` if there is none. */
const copyOf = (page, site, file) =>
  page.evaluate(async (path) => (await caches.match(path))?.text(), site.mount + file);

/** The worker keeps an answer after it has handed it on. */
async function keptNothing(page, site, file) {
  await page.waitForTimeout(300);
  expect(await copyOf(page, site, file)).toBeUndefined();
}

for (const [name, fault] of Object.entries(storyFaults)) {
  test(`under a worker, of a story's file, ${name}: its reader sees the ${fault.shows}`, async ({
    page,
    site,
    expectConsole,
  }) => {
    expectConsole(...(fault.console ? [...fault.console, ...HANDED_ON] : []));
    await openWithWorker(page, kinds.front);
    site.fault(FILE, fault.fault);
    await follow(page);
    await patience(page, fault);
    await expectView(page, fault);
    if (fault.whole) await expect.poll(() => copyOf(page, site, FILE)).toBeDefined();
    else await keptNothing(page, site, FILE);
    if (fault.shows !== "failure") return;
    await retryWorks(page, site);
    await expect(page.locator(".remark")).toBeEmpty();
    if (fault.whole) return;
    await expect.poll(async () => JSON.parse((await copyOf(page, site, FILE)) ?? "null")).toEqual(json(FILE));
  });
}

for (const [name, fault] of Object.entries(anyFile)) {
  test(`under a worker that has a copy of a story's file, ${name}: its reader sees the copy and when it is from`, async ({
    page,
    site,
    expectConsole,
  }) => {
    expectConsole(...(fault.console ? [...fault.console, ...HANDED_ON] : []));
    await openWithWorker(page, kinds.front);
    site.fault(FILE, UNCACHED);
    await follow(page);
    await expect.poll(() => copyOf(page, site, FILE)).toBeDefined();
    const before = await copyOf(page, site, FILE);
    await open(page, kinds.front);
    site.fault(FILE, fault.fault);
    await follow(page);
    await expect(shown(page)).toHaveText(HEADLINE);
    await expect(page.locator("article.story .body p").first()).toBeVisible();
    const year = new Date().getFullYear();
    await expect(page.locator(".remark")).toContainText(words.copy_from.split("{")[0]);
    await expect(page.locator(".remark")).toContainText(String(year));
    expect(await settled(page)).not.toMatch(PARSER_TEXT);
    expect(await copyOf(page, site, FILE)).toBe(before);
  });

  test(`under a worker, of the front's file, ${name}: its reader is told so and can try again, or sees the copy`, async ({
    page,
    site,
    expectConsole,
  }) => {
    expectConsole(...(fault.console ? [...fault.console, ...HANDED_ON] : []));
    await openWithWorker(page, QUIET);
    const front = () => page.evaluate(() => document.querySelector("header.masthead a").click());
    site.fault(HEAD, fault.fault);
    await front();
    await patience(page, fault);
    await expect(page.locator(".failure")).toContainText(fault.sentence);
    expect(await settled(page)).not.toMatch(PARSER_TEXT);
    await keptNothing(page, site, HEAD);
    site.heal();
    site.fault(HEAD, UNCACHED);
    await page.locator(".failure button.retry").click();
    await expect(page.locator("article.card").first()).toBeVisible();
    await expect.poll(async () => JSON.parse((await copyOf(page, site, HEAD)) ?? "null")).toEqual(json(HEAD));
    // From now on there is a copy: a list is shown from it at once.
    await open(page, QUIET);
    site.fault(HEAD, fault.fault);
    await front();
    await expect(page.locator("article.card").first()).toBeVisible();
    await page.waitForTimeout(300);
    expect(JSON.parse(await copyOf(page, site, HEAD))).toEqual(json(HEAD));
  });
}
