// Without a connection, in a second engine: what offline.spec.mjs asks of Chromium. Here
// the server is really stopped, and started anew at its old address.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { json, kinds, read, squeezed, words } from "../dist.mjs";
import { DIST, startServer } from "../server.mjs";
import { launch } from "./browser.mjs";

const SLUG = "the-night-of-paper-boats";
const STORY = `en/stories/${SLUG}/`;
const ARTICLE = `articles/en/${SLUG}.json`;
const HEADLINE = squeezed([json(ARTICLE).headline].flat().map((piece) => piece.text ?? piece).join(""));

let browser;
let server;
/** Where the site is, whether its server runs or not. */
let port;
let page;
let errors;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

beforeEach(async () => {
  // A server of its own is an origin of its own: no worker of another test answers for it.
  server = await startServer();
  port = Number(new URL(server.origin).port);
  errors = [];
  page = await newPage();
});

afterEach(async () => {
  await page.close();
  await server.close();
  assert.deepEqual(errors, [], "the page threw");
});

/** What Firefox itself says of a request without an answer. It is no exception. */
const OF_THE_BROWSER = /ServiceWorker|^Failed to load ‘|^Loading failed|downloadable font: download failed|in the integrity attribute/;

async function newPage() {
  const opened = await browser.newPage();
  opened.on("pageerror", ({ message }) => {
    if (!OF_THE_BROWSER.test(message)) errors.push(message);
  });
  return opened;
}

/** Asks the page until it says yes. Between two documents there is nobody to ask. */
async function until(what, question, ...values) {
  const end = Date.now() + 30_000;
  let last;
  for (;;) {
    last = await page.evaluate(question, ...values).catch((error) => `nobody to ask: ${error.message}`);
    if (last === true) return;
    if (Date.now() > end) assert.fail(`never: ${what}; last ${JSON.stringify(last)}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const shows = (selector, text) =>
  until(
    `${selector}: ${text}`,
    (selector, text) => {
      const found = document.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim();
      return found?.includes(text) || (found ?? document.title);
    },
    selector,
    text,
  );

async function open(path) {
  await page.goto(server.url(path), { waitUntil: "load" });
  await until("the app", () => document.documentElement.dataset.boot === "ok");
}

/** Follows a link of the page that the app handles. */
const follow = (path) =>
  page.evaluate((path) => {
    [...document.querySelectorAll("a[href]")].find(({ href }) => new URL(href).pathname.endsWith(path)).click();
  }, path);

/** The site is gone. */
const stop = () => server.close();

/** It is there again, under its old address. */
async function start() {
  server = await startServer({ port });
}

const kept = () =>
  page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) {
      const keys = await (await caches.open(name)).keys();
      found[name] = keys.map(({ url }) => new URL(url).pathname + new URL(url).search).sort();
    }
    return found;
  });

const isKept = (path) =>
  until(
    `${path} is kept`,
    async (path) => {
      for (const name of await caches.keys()) {
        const keys = await (await caches.open(name)).keys();
        if (keys.some(({ url }) => new URL(url).pathname === path)) return true;
      }
      return false;
    },
    path,
  );

/** Without a copy of anything, and without a worker. */
const nothingIsLeft = () =>
  until("nothing is left", async () => {
    const workers = (await navigator.serviceWorker.getRegistrations()).length;
    const names = await caches.keys();
    return (workers === 0 && names.length === 0) || `${workers} workers, ${names}`;
  });

const press = (words) =>
  page.evaluate((words) => {
    const buttons = [...document.querySelectorAll("main button, .kept button")];
    buttons.find((button) => button.textContent.includes(words) || button.ariaLabel === words).click();
  }, words);

async function save() {
  await open(STORY);
  await press(words.save_offline);
  await shows("form.offer h2", HEADLINE);
  await press(words.worker.save_story.split("{")[0].trim());
  await shows(".saved-page .results a", HEADLINE);
}

const copyRemark = words.copy_from.split("{")[0].trim();

test("Firefox has the front and an opened story when the site is gone, and says that they are copies", async () => {
  await open(kinds.front);
  assert.deepEqual(await kept(), {});
  await follow(STORY);
  await shows("article.story h1", HEADLINE);
  await until("the worker", () => document.documentElement.dataset.worker === "ready");
  await isKept(`/${STORY}`);
  await isKept(`/${kinds.front}`);
  await stop();
  await open(STORY);
  await shows("article.story h1", HEADLINE);
  await shows(".remark", copyRemark);
  await open(kinds.front);
  await until("the cards", () => document.querySelector("article.card") !== null);
  await shows(".remark", copyRemark);
  await start();
  await open(STORY);
  await until("no remark", () => document.querySelector(".remark").textContent === "");
});

test("Firefox misses a story that was never opened in the reader's language, with a way to try again", async () => {
  await open(kinds.front);
  await follow(STORY);
  await until("the worker", () => document.documentElement.dataset.worker === "ready");
  await stop();
  await open("en/stories/how-a-kite-stays-up/");
  await shows("main", words.failed_offline);
  await start();
  await page.click("button.retry");
  await until("the story", () => document.querySelector("article.story h1") !== null);
});

test("Firefox has a saved story with its pictures when the site is gone, lists it with its size, and removes it", async () => {
  await save();
  await stop();
  await page.click(".saved-page .results a");
  await shows("article.story h1", HEADLINE);
  await until("the app", () => document.documentElement.dataset.boot === "ok");
  await page.evaluate(() => document.querySelector("article.story picture img").scrollIntoView());
  await until("the picture", () => document.querySelector("article.story picture img").naturalWidth > 0);
  await page.goto(server.url("en/saved/"));
  await shows("main h1", words.saved_heading);
  await shows(".saved-page .results a", HEADLINE);
  const size = await page.evaluate(() => document.querySelector(".saved-page .results .meta").textContent);
  assert.match(size, /\d+ KB|\d MB/);
  await press(words.worker.remove_saved.replace("{title}", HEADLINE));
  await shows(".saved-page", words.saved_none);
  await start();
});

test("Firefox clears everything with one press, the worker too", async () => {
  await save();
  await press(words.saved_clear);
  await shows(".saved-page", words.saved_none);
  await nothingIsLeft();
  await save();
  await open(kinds.front);
  await page.evaluate(() => localStorage.setItem("dateline:/:notice", "x"));
  await page.click(".kept button.clear");
  await shows(".remark", words.saved_cleared);
  await nothingIsLeft();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

for (const status of [404, 410]) {
  test(`Firefox gives up a saved story that answers ${status}`, async () => {
    await save();
    await isKept(`/${ARTICLE}`);
    server.fault(STORY, { status });
    await page.goto(server.url(STORY));
    await until(
      "the story is gone",
      async (paths) => {
        for (const name of await caches.keys()) {
          for (const { url } of await (await caches.open(name)).keys()) {
            if (paths.includes(new URL(url).pathname)) return url;
          }
        }
        return true;
      },
      [`/${ARTICLE}`, `/${STORY}`],
    );
  });
}

test("Firefox is rid of the worker when the site wants none, by its version or by its file", async () => {
  await save();
  server.fault("version.json", { body: JSON.stringify({ ...json("version.json"), worker: "off" }) });
  await open(kinds.front);
  await nothingIsLeft();
  server.heal();
  await save();
  server.fault("sw.js", { body: read("sw.js").replace('"offline":"visited"', '"offline":"off"') });
  // Firefox calls it an error of the update that the worker has gone.
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
  await nothingIsLeft();
});

test("in Firefox an update waits until nobody reads, and what was saved is kept", async () => {
  await save();
  await open(STORY);
  await page.evaluate(() => {
    window.sameDocument = true;
    window.changes = 0;
    navigator.serviceWorker.addEventListener("controllerchange", () => (window.changes += 1));
  });
  const { build } = json("version.json");
  const next = "0123456789abcdef";
  server.fault("sw.js", { body: read("sw.js").replaceAll(build, next) });
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await until("the next worker waits", async () =>
    (await navigator.serviceWorker.getRegistration()).waiting?.state === "installed");
  // Longer than a worker that pushes ahead would need.
  await new Promise((next) => setTimeout(next, 1_000));
  assert.deepEqual(await page.evaluate(() => [window.sameDocument, window.changes]), [true, 0]);
  await follow(kinds.front);
  await until("the front", () => document.querySelector("article.card") !== null);
  assert.equal(await page.evaluate(() => window.sameDocument), true);
  // The last page of the site is closed: now it takes over.
  await page.close();
  await stop();
  page = await newPage();
  await open(STORY);
  await shows("article.story h1", HEADLINE);
  await isKept(`/${ARTICLE}`);
  await until("the next worker", async () => {
    const { active, waiting } = await navigator.serviceWorker.getRegistration();
    return waiting === null && active.state === "activated";
  });
  assert.ok(Object.keys(await kept()).includes(`dateline:/:app:${next}`));
  await start();
});

test("in Firefox two sites on one origin do not touch each other's copies", async () => {
  const root = mkdtempSync(join(tmpdir(), "two-sites-"));
  for (const name of ["a", "b"]) symlinkSync(DIST, join(root, name));
  await server.close();
  // The policy names the style of one site, at the root.
  const origin = await startServer({ root, policy: false });
  try {
    server = { ...origin, url: (path) => origin.url(`a/${path}`), close: origin.close };
    await save();
    const before = await kept();
    assert.ok(Object.keys(before).every((name) => name.startsWith("dateline:/a/:")), JSON.stringify(Object.keys(before)));
    assert.ok(Object.values(before).flat().every((path) => path.startsWith("/a/")));
    server = { ...server, url: (path) => origin.url(`b/${path}`) };
    await open(STORY);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.worker), undefined);
    await save();
    await press(words.saved_clear);
    await shows(".saved-page", words.saved_none);
    await until(
      "only the first site's copies are there",
      async () => (await caches.keys()).every((name) => name.startsWith("dateline:/a/:")),
    );
    assert.deepEqual(await kept(), before);
  } finally {
    rmSync(root, { recursive: true });
  }
});
