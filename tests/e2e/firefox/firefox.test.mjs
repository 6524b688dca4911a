// The main paths in a second engine: Firefox over WebDriver BiDi.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { kinds, paragraphs, json, squeezed } from "../dist.mjs";
import { startServer } from "../server.mjs";
import { stories, walk } from "../viewer-path.mjs";
import { launch } from "./browser.mjs";

let browser;
let server;
let page;
let complaints;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

beforeEach(async () => {
  // A server of its own is an origin of its own: nothing comes out of the cache.
  server = await startServer();
  complaints = [];
  page = await browser.newPage();
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
});

afterEach(async () => {
  await page.close();
  await server.close();
  assert.deepEqual(complaints, [], "the page complained");
});

const boot = () => page.evaluate(() => document.documentElement.dataset.boot);

async function waitFor(what, question, ...values) {
  await page.waitForFunction(question, { timeout: 20_000 }, ...values).catch(() => assert.fail(`never: ${what}`));
}

const started = () => waitFor("the app started", () => document.documentElement.dataset.boot === "ok");

/** Firefox says on the page's console that a file was not the one announced. */
function refusedFilesMayBeNamed() {
  complaints = complaints.filter((text) => !/integrity attribute/.test(text));
}

for (const [name, path] of Object.entries(kinds)) {
  test(`Firefox adopts the ${name} page without changing a node`, async () => {
    const release = server.hold(/\.wasm$/);
    await page.goto(server.url(path), { waitUntil: "domcontentloaded" });
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

test("Firefox goes from a card to its story and back", async () => {
  await page.goto(server.url(kinds.front));
  await started();
  const [headline, href] = await page.evaluate(() => {
    window.sameDocument = true;
    const link = document.querySelector("article.card h2 a, article.card h3 a");
    return [link.textContent, link.href];
  });
  await page.click("article.card h2 a, article.card h3 a");
  await waitFor("the story", (text) => document.querySelector("main h1").textContent === text, headline);
  await waitFor("the focus", () => document.activeElement.localName === "h1");
  assert.equal(page.url(), href);
  await page.evaluate(() => history.back());
  await waitFor("the front page", () => document.querySelector("article.card") !== null);
  assert.equal(await page.evaluate(() => window.sameDocument), true);
});

for (const path of stories) {
  test(`Firefox shows the photos of a story over it, ${path.slice(0, 2)}`, async () => {
    await page.goto(server.url(path));
    await started();
    await walk({ evaluate: (question, ...values) => page.evaluate(question, ...values), waitFor });
  });
}

test("Firefox keeps the story readable when the wasm is missing", async () => {
  server.fault(/\.wasm$/, { status: 404 });
  await page.goto(server.url(kinds.story));
  await waitFor("the failure", () => document.documentElement.dataset.boot === "failed");
  assert.equal(await boot(), "failed");
  const [first] = paragraphs(json("articles/en/beijing-meeting-on-child-rights-2010.json"));
  const text = squeezed(await page.evaluate(() => document.querySelector("main").innerText));
  assert.ok(text.includes(squeezed(first)));
  assert.equal(await page.evaluate(() => document.getElementById("boot-note").hidden), false);
  refusedFilesMayBeNamed();
});

test("Firefox refuses a wasm file that was altered", async () => {
  server.fault(/\.wasm$/, { alter: 1000 });
  await page.goto(server.url(kinds.story));
  await waitFor("the failure", () => document.documentElement.dataset.boot === "failed");
  refusedFilesMayBeNamed();
});

for (const [name, path, address] of [
  ["film", "en/stories/fold-a-paper-boat-that-floats/videos/paper-boats-film/", /\.(webm|mp4)$/],
  ["stream", "en/stories/cape-aurel-light-runs-on-the-sun/videos/light-turns-film/", /^blob:/],
]) {
  test(`Firefox plays a ${name} under our controls, and shows what is said`, async () => {
    await page.goto(server.url(path));
    await started();
    await page.click(".large-play");
    await waitFor("its time went on", () => document.querySelector("video").currentTime > 1);
    assert.match(await page.evaluate(() => document.querySelector("video").currentSrc), address);
    await waitFor("a caption", () => document.querySelector(".cues p")?.textContent.length > 5);
    await page.keyboard.press("k");
    await waitFor("it rested", () => document.querySelector("video").paused);
    await page.keyboard.press("ArrowRight");
    await waitFor("it moved on", () => document.querySelector("video").currentTime > 5);
  });
}
