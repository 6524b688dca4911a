// hostile.spec.mjs in a second engine: other parsers, the same verdict.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { startServer } from "../server.mjs";
import { articles, countWithLists, slots } from "../hostile/articles.mjs";
import { look, tour, trap } from "../hostile/look.mjs";
import { HOSTILE_DIST, build } from "../hostile/site.mjs";
import { strings } from "../hostile/strings.mjs";

let browser;
let made;

before(async () => {
  made = build();
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

/** Opens a page on a server of its own; `run` gets a function that waits for the app. */
async function trapped(options, run) {
  const server = await startServer(options);
  const page = await browser.newPage();
  const wrong = [];
  await page.evaluateOnNewDocument(trap);
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", ({ message }) => {
    // Firefox's words for a picture that nobody waits for any more.
    if (!/A ServiceWorker intercepted the request/.test(message)) wrong.push(`page error: ${message}`);
  });
  page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("request", (request) => {
    // No file of the site holds a face like this: it is of Firefox's own player.
    if (request.url().startsWith("data:font/woff2;base64,")) return;
    if (!request.url().startsWith(server.origin)) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  const open = async (path) => {
    await page.goto(server.url(path));
    await page.waitForFunction(() => document.documentElement.dataset.boot === "ok", { timeout: 20_000 });
  };
  await run({ page, server, open });
  await page.close();
  await server.close();
  assert.deepEqual(wrong, []);
}

const everything = new Map(slots.map((slot) => [slot, strings]));
const lenient = articles(everything);

// As in Chromium: without the policy every place, under it those that hold lists.
for (const [name, options, count] of [
  ["under the policy", {}, countWithLists(everything)],
  ["without the policy", { policy: false }, lenient.length],
]) {
  test(`in Firefox the pages that press made run, load and show nothing but the site's own, ${name}`, async () => {
    await trapped({ root: HOSTILE_DIST, ...options }, async ({ page, open }) => {
      assert.deepEqual(made.errors, []);
      for (let number = 0; number < made.count; number += 1) {
        await open(`en/stories/h-${number}/`);
        assert.deepEqual(await page.evaluate(look), [], `story ${number}`);
      }
    });
  });

  test(`in Firefox what comes past press runs, loads and shows nothing but the site's own, ${name}`, async () => {
    const overlay = Object.fromEntries(lenient.map((one, number) => [`articles/en/h-${number}.json`, JSON.stringify(one)]));
    await trapped({ overlay, ...options }, async ({ page, server, open }) => {
      await open("en/");
      // A protocol's answer comes within its own time limit: some at a time.
      for (let from = 0; from < count; from += 50) {
        const to = Math.min(from + 50, count);
        assert.deepEqual(await page.evaluate(tour(from, to, server.mount)), []);
      }
    });
  });
}
