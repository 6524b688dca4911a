// Without a connection: what was opened or saved is still there, and nothing else is
// kept. The server of these tests is really gone: its answers are cut, so the worker
// meets what a phone in a tunnel meets.
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, open, test } from "./fixtures.mjs";
import { DIST, startServer } from "./server.mjs";
import { json, kinds, read, squeezed, words } from "./dist.mjs";

// Everywhere else a worker would only stand between a test and its server.
test.use({ serviceWorkers: "allow" });

const SLUG = "the-night-of-paper-boats";
const STORY = `en/stories/${SLUG}/`;
const FILMED = "en/stories/fold-a-paper-boat-that-floats/";
const STREAMED = "en/stories/cape-aurel-light-runs-on-the-sun/";
const ARTICLE = `articles/en/${SLUG}.json`;
const HEADLINE = squeezed([json(ARTICLE).headline].flat().map((piece) => piece.text ?? piece).join(""));
const ANY = /.*/;
// What Chromium says of requests that get no answer.
const CUT = [/Failed to load resource/, /request failed/, /ERR_/, /Failed to fetch/, /FetchEvent/, /preloaded/];

/** The path the site lies under. */
let mount;
test.beforeEach(({ site }) => {
  mount = site.mount;
});
const cacheOf = (name) => `dateline:${mount}:${name}`;

/** What the worker keeps: the paths in the caches, mount and all. */
async function kept(page) {
  return page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) {
      const keys = await (await caches.open(name)).keys();
      found[name] = keys.map(({ url }) => new URL(url).pathname + new URL(url).search);
    }
    return found;
  });
}

/** The files of saved stories, without the worker's own notes. */
const saved = async (page) =>
  ((await kept(page))[cacheOf("saved")] ?? []).filter((path) => !/saved\.json\?(key|topics)/.test(path));

const everything = async (page) => Object.values(await kept(page)).flat();

/** Follows a link of the page that the app handles. */
async function follow(page, path) {
  await page.evaluate((path) => {
    const link = [...document.querySelectorAll("a[href]")].find(({ href }) => new URL(href).pathname.endsWith(path));
    link.click();
  }, path);
}

const workerReady = (page) =>
  expect(page.locator("html")).toHaveAttribute("data-worker", "ready", { timeout: 30_000 });

const beginning = (text) => text.split("{")[0].trim();

/** Opens a story and saves it, with its film or without. */
async function save(page, film = false) {
  const story = film ? FILMED : STORY;
  await open(page, story);
  const headline = squeezed(await page.locator("article.story h1").innerText());
  await page.getByRole("button", { name: words.save_offline }).click();
  await expect(page.locator("form.offer h2")).toHaveText(headline, { timeout: 30_000 });
  const word = film ? words.worker.save_with_film : words.worker.save_story;
  await page.locator("form.offer").getByRole("button", { name: beginning(word) }).nth(0).click();
  await expect(page.locator(".saved-page .results a")).toHaveText([headline], { timeout: 30_000 });
}

test("nothing is kept and no worker is there before the reader does something", async ({ page }) => {
  await open(page, kinds.front);
  await page.waitForTimeout(1_000);
  expect(await kept(page)).toEqual({});
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

test("the front and an opened story are there when the site is not, and say so", async ({ page, site, expectConsole }) => {
  expectConsole(...CUT);
  await open(page, kinds.front);
  await follow(page, STORY);
  await expect(page.locator("article.story h1")).toHaveText(HEADLINE);
  await workerReady(page);
  await expect.poll(() => everything(page)).toContain(mount + STORY);
  await expect.poll(() => everything(page)).toContain(mount + kinds.front);
  site.fault(ANY, { reset: true });
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-boot", "ok");
  await expect(page.locator("article.story h1")).toHaveText(HEADLINE);
  await expect(page.locator(".remark")).toContainText(words.copy_from.split("{")[0]);
  await page.goto(kinds.front);
  await expect(page.locator("article.card").first()).toBeVisible();
  await expect(page.locator(".remark")).toContainText(words.copy_from.split("{")[0]);
  site.heal();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-boot", "ok");
  await expect(page.locator(".remark")).toBeEmpty();
});

test("a story that was never opened is missed in the reader's language, with a way to try again", async ({
  page,
  site,
  expectConsole,
}) => {
  expectConsole(...CUT);
  await open(page, kinds.front);
  await follow(page, STORY);
  await workerReady(page);
  site.fault(ANY, { reset: true });
  await page.goto("en/stories/how-a-kite-stays-up/");
  await expect(page.locator("main h1")).toBeVisible();
  await expect(page.locator("main")).toContainText(words.failed_offline);
  site.heal();
  await page.locator("button.retry").click();
  await expect(page.locator("article.story h1")).toBeVisible();
});

test("a saved story is there with its pictures, listed with its size, and removed when told", async ({
  page,
  site,
  expectConsole,
}) => {
  expectConsole(...CUT);
  await save(page);
  site.fault(ANY, { reset: true });
  await page.locator(".saved-page .results a").click();
  await expect(page.locator("article.story h1")).toHaveText(HEADLINE);
  const picture = page.locator("article.story picture img").first();
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  await page.goto("en/saved/");
  await expect(page.locator("main h1")).toHaveText(words.saved_heading);
  await expect(page.locator(".saved-page .results a")).toHaveText(HEADLINE);
  await expect(page.locator(".saved-page .results .meta")).toContainText(/\d+ KB|\d MB/);
  site.heal();
  await page.getByRole("button", { name: words.worker.remove_saved.replace("{title}", HEADLINE) }).click();
  await expect(page.locator(".saved-page")).toContainText(words.saved_none);
  expect(await saved(page)).toEqual([]);
});

test("a film is saved on request, and played in parts", async ({ page }) => {
  await save(page, true);
  const film = (await saved(page)).find((path) => path.endsWith(".mp4"));
  expect(film).toBeDefined();
  const part = await page.evaluate(async (path) => {
    const answer = await fetch(path, { headers: { range: "bytes=10-19" } });
    return { status: answer.status, range: answer.headers.get("content-range"), size: (await answer.arrayBuffer()).byteLength };
  }, film);
  expect(part.status).toBe(206);
  expect(part.size).toBe(10);
  expect(part.range).toMatch(/^bytes 10-19\/\d+$/);
});

test("everything is cleared with one press, the worker too", async ({ page }) => {
  const gone = async () => {
    await expect.poll(() => kept(page)).toEqual({});
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  };
  await save(page);
  await page.locator(".saved-page").getByRole("button", { name: words.saved_clear }).click();
  await expect(page.locator(".saved-page")).toContainText(words.saved_none);
  await gone();
  await save(page);
  await open(page, kinds.front);
  await page.evaluate(() => localStorage.setItem(`dateline:${document.documentElement.dataset.base}:notice`, "x"));
  await page.locator(".kept button.clear").click();
  await expect(page.locator(".remark")).toHaveText(words.saved_cleared);
  await gone();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  // And in the same page a reader may change their mind.
  await follow(page, STORY);
  await page.getByRole("button", { name: words.save_offline }).click();
  await expect(page.locator("form.offer h2")).toHaveText(HEADLINE, { timeout: 30_000 });
});

test("a form of another site saves and clears nothing", async ({ page, site }) => {
  await save(page);
  const before = await saved(page);
  const answer = await page.evaluate(async (action) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    for (const [name, value] of [["do", "clear"], ["key", "guessed"]]) {
      const field = document.createElement("input");
      Object.assign(field, { name, value });
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }, site.url("en/saved/"));
  expect(answer).toBeUndefined();
  await page.waitForLoadState("load");
  await page.waitForTimeout(500);
  expect(await saved(page)).toEqual(before);
});

for (const status of [404, 410]) {
  test(`a saved story that answers ${status} is withdrawn here too`, async ({ page, site, expectConsole }) => {
    expectConsole(/status of 4/);
    await save(page);
    expect(await saved(page)).toContain(mount + ARTICLE);
    site.fault(STORY, { status });
    await page.goto(STORY);
    await expect.poll(() => saved(page)).toEqual([]);
  });
}

test("a site that wants no worker any more is rid of it, by its file or by its version", async ({ page, site }) => {
  await save(page);
  const clean = async () => ({
    caches: await kept(page),
    workers: await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  });
  site.fault("version.json", { body: JSON.stringify({ ...json("version.json"), worker: "off" }) });
  await open(page, kinds.front);
  await expect.poll(clean).toEqual({ caches: {}, workers: 0 });
  site.heal();

  await save(page);
  site.fault("sw.js", { body: read("sw.js").replace('"offline":"visited"', '"offline":"off"') });
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await expect.poll(clean).toEqual({ caches: {}, workers: 0 });
});

test("what the worker was fetching when all was cleared away is not kept either", async ({ page, site }) => {
  await save(page);
  // A reader goes on in another language: its page for offline is asked for, and slow.
  const release = site.hold("fr/offline/");
  site.fault("version.json", { body: JSON.stringify({ ...json("version.json"), worker: "off" }) });
  await open(page, "fr/");
  await expect.poll(() => site.requests.some(({ path }) => path.endsWith("/fr/offline/"))).toBe(true);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  release();
  await page.waitForTimeout(500);
  await expect.poll(() => kept(page)).toEqual({});
});

test("a film that is only a stream is not offered to be kept, and what plays it is not kept", async ({ page }) => {
  await open(page, STREAMED);
  await page.getByRole("button", { name: words.save_offline }).click();
  const offers = page.locator("form.offer button");
  await expect(offers).toHaveCount(1, { timeout: 30_000 });
  await offers.click();
  await expect(page.locator(".saved-page .results a")).toHaveCount(1, { timeout: 30_000 });
  const files = await saved(page);
  expect(files).toContain(mount + STREAMED);
  expect(files.filter((path) => /\.m3u8$|\/assets\/stream-/.test(path))).toEqual([]);
});

test("a worker whose file is gone, or answers a page, stays", async ({ page, site, expectConsole }) => {
  expectConsole(/./);
  await save(page);
  for (const fault of [{ status: 404 }, { html: true }]) {
    site.heal();
    site.fault("sw.js", fault);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
    expect(await saved(page)).toContain(mount + ARTICLE);
  }
});

test("a topic is kept with its newest stories, and let go with them", async ({ page }) => {
  await save(page);
  await page.locator(".saved-page .results button").click();
  await expect(page.locator(".topic-form")).toBeVisible();
  await page.locator("#count").selectOption("5");
  await page.getByLabel(words.worker.saved_topic_wifi).uncheck();
  const topic = JSON.parse(await page.locator("#topic").inputValue()).id;
  await page.getByRole("button", { name: words.worker.saved_topic_save }).click();
  const head = json(`data/v1/en/topics/${topic}/head.json`);
  const expected = Math.min(5, head.cards.length);
  await expect(page.locator(".saved-page .results li")).toHaveCount(expected, { timeout: 30_000 });
  await page.locator(".kept-topics button").click();
  await expect(page.locator(".saved-page .results li")).toHaveCount(0);
  expect(await saved(page)).toEqual([]);
});

test("what is saved can be taken along as a ZIP file that opens by itself", async ({ page, site }) => {
  await save(page);
  const bytes = await page.evaluate(
    async (address) => [...new Uint8Array(await (await fetch(address)).arrayBuffer())],
    site.url("saved.zip"),
  );
  const files = unzipSync(new Uint8Array(bytes));
  const names = Object.keys(files);
  expect(names).toContain("index.html");
  expect(names).toContain(`${STORY}index.html`);
  const html = new TextDecoder().decode(files[`${STORY}index.html`]);
  expect(squeezed(html)).toContain(HEADLINE);
  expect(html).not.toContain('type="module"');
  for (const [, path] of html.matchAll(/srcset="([^"\s]+)/g)) {
    const name = new URL(path, `http://x/${STORY}`).pathname.slice(1);
    expect(names, path).toContain(name);
  }
});

test("two sites on one origin do not touch each other's copies", async ({ browser }) => {
  const root = mkdtempSync(join(tmpdir(), "two-sites-"));
  for (const name of ["a", "b"]) symlinkSync(DIST, join(root, name));
  const server = await startServer({ root });
  const context = await browser.newContext({ baseURL: `${server.origin}/a/`, serviceWorkers: "allow" });
  try {
    const page = await context.newPage();
    await save(page);
    const before = await kept(page);
    expect(Object.keys(before).every((name) => name.startsWith("dateline:/a/:"))).toBe(true);
    expect(Object.values(before).flat().every((path) => path.startsWith("/a/"))).toBe(true);
    await page.goto(`${server.origin}/b/${STORY}`);
    await expect(page.locator("html")).toHaveAttribute("data-boot", "ok");
    expect(await page.locator("html").getAttribute("data-worker")).toBeNull();
    await page.getByRole("button", { name: words.save_offline }).click();
    await page.locator("form.offer button").first().click();
    await expect(page.locator(".saved-page .results a")).toHaveText([HEADLINE], { timeout: 30_000 });
    await page.locator(".saved-page").getByRole("button", { name: words.saved_clear }).click();
    await expect.poll(() => kept(page)).toEqual(before);
  } finally {
    await context.close();
    await server.close();
    rmSync(root, { recursive: true });
  }
});
