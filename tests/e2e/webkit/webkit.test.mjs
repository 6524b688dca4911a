// The main paths in a third engine: WebKitGTK over WebDriver.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { json, kinds, paragraphs, squeezed } from "../dist.mjs";
import { startServer } from "../server.mjs";
import { stories, walk } from "../viewer-path.mjs";
import { launch } from "./browser.mjs";

let browser;
let server;
let page;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

beforeEach(async () => {
  server = await startServer();
  page = await browser.newPage();
});

afterEach(async () => {
  await page.close();
  await server.close();
});

async function waitFor(what, question, ...values) {
  const end = Date.now() + 20_000;
  for (;;) {
    if (await page.evaluate(question, ...values).catch(() => false)) return;
    if (Date.now() > end) assert.fail(`never: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const started = () => waitFor("the app started", () => document.documentElement.dataset.boot === "ok");

/** Opens a page and waits until the app has adopted it. */
async function open(path) {
  await page.goto(server.url(path));
  await started();
}

for (const [name, path] of Object.entries(kinds)) {
  test(`WebKit adopts the ${name} page without changing a node`, async () => {
    const release = server.hold(/\.wasm$/);
    await page.goto(server.url(path));
    await waitFor("the page", () => document.readyState !== "loading" && document.querySelector("#dateline *") !== null);
    const mark = () => {
      const nodes = document.getElementById("dateline").querySelectorAll("*");
      for (const node of nodes) node.fromSnapshot = true;
      return nodes.length;
    };
    const count = await page.evaluate(mark);
    assert.ok(count > 10);
    release();
    await started();
    const kept = () =>
      [...document.getElementById("dateline").querySelectorAll("*")].filter((node) => node.fromSnapshot).length;
    assert.equal(await page.evaluate(kept), count);
  });
}

test("WebKit goes from a card to its story and back, to the same place", async () => {
  await open(kinds.front);
  const [headline, href] = await page.evaluate(() => {
    window.sameDocument = true;
    const links = document.querySelectorAll("article.card h2 a, article.card h3 a");
    const link = links[links.length - 1];
    link.scrollIntoView({ block: "center" });
    return [link.textContent, link.href];
  });
  const top = await page.evaluate(() => window.scrollY);
  await page.evaluate((address) => {
    [...document.querySelectorAll("article.card a")].find((link) => link.href === address).click();
  }, href);
  await waitFor("the story", (text) => document.querySelector("main h1").textContent === text, headline);
  await waitFor("the focus", () => document.activeElement.localName === "h1");
  assert.equal(await page.address(), href);
  assert.ok((await page.evaluate(() => document.title)).includes(headline));
  await page.evaluate(() => {
    history.back();
    return true;
  });
  await waitFor("the front page", () => document.querySelector("article.card") !== null);
  await waitFor("the place", (before) => Math.abs(window.scrollY - before) < 50, top);
  assert.equal(await page.evaluate(() => window.sameDocument), true);
});

test("WebKit lays out Arabic from the right", async () => {
  await open("ar/");
  const [direction, overflow] = await page.evaluate(() => [
    getComputedStyle(document.querySelector("main")).direction,
    document.documentElement.scrollWidth - innerWidth,
  ]);
  assert.equal(direction, "rtl");
  assert.ok(overflow <= 0, `${overflow} px wider than the window`);
});

for (const path of stories) {
  test(`WebKit shows the photos of a story over it, ${path.slice(0, 2)}`, async () => {
    await open(path);
    await walk({ evaluate: (question, ...values) => page.evaluate(question, ...values), waitFor });
  });
}

test("WebKit opens a visited story and the front after the server has gone", async () => {
  await open(kinds.front);
  // The worker comes with the first thing that a reader does.
  await page.evaluate((path) => {
    [...document.querySelectorAll("a[href]")].find(({ href }) => new URL(href).pathname.endsWith(path)).click();
  }, kinds.story);
  await waitFor("the story", () => document.querySelector("article.story .body p") !== null);
  await waitFor("the worker", () => document.documentElement.dataset.worker === "ready");
  const [first] = paragraphs(json("articles/en/beijing-meeting-on-child-rights-2010.json"));
  await waitFor("copies", async () => {
    const kept = [];
    for (const name of await caches.keys()) {
      const keys = await (await caches.open(name)).keys();
      kept.push(...keys.map(({ url }) => new URL(url).pathname));
    }
    return kept.includes("/en/") && kept.some((path) => path.includes("/stories/"));
  });
  await server.close();
  await page.goto(server.url(kinds.story));
  await waitFor(
    "the story",
    (text) => document.querySelector("main")?.innerText.replace(/\s+/g, " ").includes(text),
    squeezed(first),
  );
  await page.goto(server.url(kinds.front));
  await waitFor("the front page", () => document.querySelector("article.card h2, article.card h3") !== null);
});
