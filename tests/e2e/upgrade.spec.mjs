// A newer release comes while readers read: real ones, one over the other, every file of
// the program with other bytes and another name, the worker too. What was saved stays,
// with its pictures and the reader's settings; nobody is interrupted.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, open, started, test as base } from "./fixtures.mjs";
import { json, kinds, squeezed, words } from "./dist.mjs";
import { Site } from "./releases.mjs";
import { startServer } from "./server.mjs";

// Whole releases are loaded, kept and replaced here: on a busy machine that takes a while.
base.describe.configure({ timeout: 120_000 });

const SLUG = "the-night-of-paper-boats";
const STORY = `en/stories/${SLUG}/`;
const HEADLINE = squeezed([json(`articles/en/${SLUG}.json`).headline].flat().map((piece) => piece.text ?? piece).join(""));
/** What Chromium says of requests that get no answer. */
const CUT = [/Failed to load resource/, /request failed/, /ERR_/, /Failed to fetch/, /FetchEvent/, /preloaded/];

const test = base.extend({
  /** A site with its first release, on a server and an origin of its own. */
  newsroom: [
    async ({ mountedAt }, use, info) => {
      info.setTimeout(300_000);
      const site = new Site(`${info.parallelIndex}`);
      const lists = [site.publish(0)];
      const server = await startServer({ root: site.dist, mount: mountedAt });
      const publish = () => {
        lists.push(site.publish(lists.length));
        server.reread();
      };
      await use({ dist: site.dist, lists, publish, server });
      await server.close();
    },
    { timeout: 300_000 },
  ],
  baseURL: async ({ newsroom }, use) => use(newsroom.server.url()),
});
test.use({ serviceWorkers: "allow" });

const text = (dist, path) => readFileSync(join(dist, path), "utf8");
const assetsOf = (list) => Object.values(list).flatMap((asset) => (asset.href ? [asset.href] : []));

async function save(page) {
  await open(page, STORY);
  await page.getByRole("button", { name: words.save_offline }).click();
  await expect(page.locator("form.offer h2")).toHaveText(HEADLINE, { timeout: 30_000 });
  await page.locator("form.offer button").first().click();
  await expect(page.locator(".saved-page .results a")).toHaveText([HEADLINE], { timeout: 30_000 });
}

/** Follows a link of the page that the app handles. */
const follow = (page, path) =>
  page.evaluate((path) => {
    [...document.querySelectorAll("a[href]")].find(({ href }) => new URL(href).pathname.endsWith(path)).click();
  }, path);

/** The browser looks for a newer worker, as it does by itself when a page is opened. */
async function update(page) {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await expect
    .poll(() =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting?.state), { timeout: 20_000 })
    .toBe("installed");
}

/** The program that a page runs. */
const programOf = (page) =>
  page.evaluate(() => document.querySelector('script[type="module"]').getAttribute("src").replace(/^.*(assets\/)/, "$1"));

const cacheNames = (page) => page.evaluate(() => caches.keys());

/** Closes a page, the last of the site, and opens another: only then the newer worker answers. */
async function reopened(page, context, path) {
  await page.close();
  const next = await context.newPage();
  await next.goto(path);
  await expect
    .poll(() =>
      next.evaluate(async () => {
        const { active, waiting, installing } = (await navigator.serviceWorker.getRegistration()) ?? {};
        return [active?.state, waiting, installing];
      }))
    .toEqual(["activated", null, null]);
  return next;
}

/** The saved story, whole, when nobody answers. */
async function expectWhole(page, server) {
  server.fault(/.*/, { reset: true });
  await page.goto("en/saved/");
  await expect(page.locator(".saved-page .results a")).toHaveText([HEADLINE]);
  await page.locator(".saved-page .results a").click();
  await expect(page.locator("article.story h1")).toHaveText(HEADLINE);
  await started(page);
  const pictures = page.locator("article.story picture img");
  expect(await pictures.count()).toBeGreaterThan(1);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  }
  const rules = await page.evaluate(() => {
    const sheet = [...document.styleSheets].find(({ href }) => href?.includes("/assets/style-"));
    return sheet?.cssRules.length;
  });
  expect(rules).toBeGreaterThan(5);
}

test("two releases share no file of the program, and the site has those of both", async ({ newsroom }) => {
  const { dist, lists, publish } = newsroom;
  const before = text(dist, "sw.js");
  const page = text(dist, `${STORY}index.html`);
  publish();
  const [first, second] = lists.map(assetsOf);
  expect(first.length).toBe(6);
  expect(second.filter((href) => first.includes(href))).toEqual([]);
  expect(text(dist, "sw.js")).not.toBe(before);
  expect(text(dist, `${STORY}index.html`)).not.toBe(page);
  expect(JSON.parse(text(dist, "version.json")).build).toBe(lists[1].build);
  for (const href of [...first, ...second]) expect(readFileSync(join(dist, href)).length, href).toBeGreaterThan(0);
});

test("a newer release waits until nobody reads, and what was saved, its pictures and the settings are kept", async ({
  page,
  context,
  newsroom,
  expectConsole,
}) => {
  expectConsole(...CUT);
  const { lists, publish, server } = newsroom;
  await save(page);
  await open(page, kinds.front);
  await page.getByRole("button", { name: words.dismiss_notice }).click();
  await expect(page.locator(".notice")).toBeHidden();
  await page.evaluate(() => {
    window.sameDocument = true;
    window.takeovers = 0;
    navigator.serviceWorker.addEventListener("controllerchange", () => (window.takeovers += 1));
  });
  const undisturbed = async () =>
    expect(await page.evaluate(() => [window.sameDocument, window.takeovers])).toEqual([true, 0]);

  publish();
  const [first, second] = lists;
  await update(page);
  // The page of the release before goes on: to a story, a standing page and back.
  for (const path of [kinds.story, kinds.front, kinds.page]) {
    await follow(page, path);
    await expect(page).toHaveURL(server.url(path));
    await expect(page.locator("main h1, main article.card").first()).toBeVisible();
  }
  await undisturbed();

  // Beside it a page of the newer release, under the worker of the one before.
  const beside = await context.newPage();
  const errors = [];
  beside.on("pageerror", ({ message }) => errors.push(message));
  await open(beside, STORY);
  expect(await programOf(beside)).toBe(second.boot.href);
  await expect(beside.locator("article.story h1")).toHaveText(HEADLINE);
  await undisturbed();
  // A tab that a browser had put away is loaded anew, and has its release's files still.
  const old = await page.evaluate(async (hrefs) => {
    const base = document.documentElement.dataset.base;
    return Promise.all(hrefs.map(async (href) => (await fetch(base + href, { cache: "no-store" })).status));
  }, assetsOf(first));
  expect(old).toEqual(assetsOf(first).map(() => 200));
  // And without the network it still goes where it has been.
  server.fault(/.*/, { reset: true });
  await follow(page, kinds.front);
  await expect(page.locator("article.card").first()).toBeVisible();
  await undisturbed();
  server.heal();

  await beside.close();
  const next = await reopened(page, context, kinds.front);
  next.on("pageerror", ({ message }) => errors.push(message));
  await started(next);
  expect(await programOf(next)).toBe(second.boot.href);
  expect(await cacheNames(next)).toContain(`dateline:${server.mount}:app:${second.build}`);
  await expect(next.locator(".notice")).toBeHidden();
  await expectWhole(next, server);
  await expect(next.locator(".notice")).toBeHidden();
  expect(errors).toEqual([]);
});

test("a saved story that was opened under one release is whole after two more", async ({
  page,
  context,
  newsroom,
  expectConsole,
}) => {
  expectConsole(...CUT);
  const { lists, publish, server } = newsroom;
  await save(page);
  publish();
  await open(page, STORY);
  expect(await programOf(page)).toBe(lists[1].boot.href);
  // It is kept as it is now, with the program that it names.
  const has = (href) =>
    page.evaluate(async ([name, path]) => Boolean(await (await caches.open(name)).match(path)), [
      `dateline:${server.mount}:saved`,
      server.mount + href,
    ]);
  // What plays streams is not: there are none without a connection.
  for (const href of assetsOf(lists[1])) await expect.poll(() => has(href), href).toBe(!href.includes("/stream-"));
  await expect.poll(() => has(lists[0].wasm.href)).toBe(false);
  let last = page;
  for (const _ of [2, 3]) {
    publish();
    await update(last);
    last = await reopened(last, context, kinds.front);
    await started(last);
  }
  const apps = (await cacheNames(last)).filter((name) => name.includes(":app:"));
  expect(apps.map((name) => name.replace(/.*:/, ""))).toEqual([lists[2].build, lists[3].build]);
  await expectWhole(last, server);
  expect(await programOf(last)).toBe(lists[1].boot.href);
});

test("a story saved five releases ago, and never opened since, is whole", async ({
  page,
  context,
  newsroom,
  expectConsole,
}) => {
  expectConsole(...CUT);
  const { lists, publish, server } = newsroom;
  await save(page);
  let last = page;
  for (let n = 0; n < 5; n += 1) {
    publish();
    await update(last);
    last = await reopened(last, context, kinds.front);
    await started(last);
  }
  await expectWhole(last, server);
  expect(await programOf(last)).toBe(lists[0].boot.href);
});
