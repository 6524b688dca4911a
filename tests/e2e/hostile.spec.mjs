// What an attacker, an old system or a broken disk may write into an article, in every
// field that holds words or an address: nothing of it is run, loaded or taken for markup.
import { readFileSync } from "node:fs";
import { request as ask } from "node:http";
import { expect, started, test as base } from "./fixtures.mjs";
import { startServer } from "./server.mjs";
import { article, articles, countWithLists, slots } from "./hostile/articles.mjs";
import { look, paragraphs, tour, trap } from "./hostile/look.mjs";
import { HOSTILE_DIST, build } from "./hostile/site.mjs";
import { sources, strings } from "./hostile/strings.mjs";

/** Paths of the site that name another host if somebody resolves them once too often. */
const paths = JSON.parse(readFileSync(new URL("hostile/paths.json", import.meta.url), "utf8"));

/** Everything, past press. */
const everything = new Map(slots.map((slot) => [slot, strings]));
const lenient = articles(everything);
const overlay = Object.fromEntries(lenient.map((one, number) => [`articles/en/h-${number}.json`, JSON.stringify(one)]));

/** A page of a server of its own, and what went wrong there. */
const test = base.extend({
  trapped: async ({ browser }, use) => {
    const servers = [];
    await use(async (options) => {
      const server = await startServer(options);
      servers.push(server);
      const context = await browser.newContext({ baseURL: server.url() });
      const page = await context.newPage();
      const wrong = [];
      await page.addInitScript(trap);
      page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
      page.on("console", (message) => wrong.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => wrong.push(`page error: ${error.message}`));
      page.on("request", (request) => {
        if (!request.url().startsWith(server.origin)) wrong.push(`asked elsewhere: ${request.url()}`);
      });
      return { page, server, wrong };
    });
    for (const server of servers) await server.close();
  },
});

/** @type {ReturnType<typeof build>} */
let made;

test.beforeAll(() => {
  test.setTimeout(300_000);
  made = build();
});

test("there are at least 800 hostile strings, 150 of them ours", () => {
  expect(sources.own.length).toBeGreaterThanOrEqual(150);
  expect(strings.length).toBeGreaterThanOrEqual(800);
});

test("press refuses every address that a browser would take for something else", () => {
  const passed = [];
  for (const [slot, list] of made.lists) {
    if (!slot.startsWith("url:")) continue;
    for (const string of list) {
      let url;
      try {
        url = new URL(string, "https://site.example/en/stories/x/");
      } catch {
        url = undefined;
      }
      // What no browser can read leads nowhere.
      if (!url) continue;
      const isSafe = ["https:", "http:", "mailto:", "tel:"].includes(url.protocol) && !url.username && !url.password;
      const staysHere = url.host === "site.example" || /^(https?:\/\/|mailto:|tel:)/i.test(string);
      if (!isSafe || !staysHere) passed.push(`${slot}: ${string}`);
    }
  }
  expect(passed).toEqual([]);
});

test("press refuses no words that only look like markup, and builds a site of the rest", () => {
  expect(made.errors).toEqual([]);
  expect(made.lists.get("text:paragraph").length).toBeGreaterThan(strings.length * 0.9);
});

/** The words as they should stand in a paragraph. */
function shown(text) {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\r?\n|\r/g, "");
}

/** A file of the site that a made-up path names is missing, and the browser says so. */
const unexpected = (wrong) =>
  wrong.filter((text) => !/status of 40[04]|Service Worker registration blocked by Playwright/.test(text));

// Without the policy nothing but the app stands in the way: there, every place. Under it,
// those for one address, which need a story for each string, are left out.
for (const [name, options, count] of [
  ["under the policy", {}, countWithLists(everything)],
  ["without the policy", { policy: false }, lenient.length],
]) {
  test(`the pages that press made run, load and show nothing but the site's own, ${name}`, async ({ trapped }) => {
    test.setTimeout(120_000);
    const { page, wrong } = await trapped({ root: HOSTILE_DIST, ...options });
    const visit = async (path) => {
      const response = await page.goto(path);
      expect(response.status(), path).toBe(200);
      await started(page);
      expect(await page.evaluate(look), path).toEqual([]);
    };
    const seen = [];
    for (let number = 0; number < made.count; number += 1) {
      await visit(`en/stories/h-${number}/`);
      seen.push(...(await page.evaluate(paragraphs)));
    }
    for (const path of ["", "en/", "en/stories/h-0/photos/img-0/", "en/stories/h-0/videos/film-0/", "en/stories/h-1/photos/img-1/"]) {
      await visit(path);
    }
    const words = new Set(seen);
    expect(made.lists.get("text:paragraph").filter((text) => !words.has(shown(text)))).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test(`what comes past press runs, loads and shows nothing but the site's own, ${name}`, async ({ trapped }) => {
    test.setTimeout(120_000);
    const { page, server, wrong } = await trapped({ overlay, ...options });
    await page.goto("en/");
    await started(page);
    expect(await page.evaluate(tour(0, count, server.mount))).toEqual([]);
    expect(await page.evaluate(() => globalThis.hit)).toBeUndefined();
    expect(unexpected(wrong)).toEqual([]);
  });
}

test("a story beyond the limits is cut and says so", async ({ trapped }) => {
  const body = Array.from({ length: 20_100 }, (_, index) => ({ type: "paragraph", content: `Paragraph ${index}` }));
  const long = { ...article(0, () => []), body };
  const { page, server, wrong } = await trapped({ overlay: { "articles/en/h-0.json": JSON.stringify(long) } });
  await page.goto("en/");
  await started(page);
  await page.evaluate(`(() => {
    const link = document.createElement("a");
    link.href = "${server.mount}en/stories/h-0/";
    document.body.append(link);
    link.click();
  })()`);
  await expect(page.locator("main .body > p.unreadable")).toHaveCount(1, { timeout: 20_000 });
  await expect(page.locator("main .body > p")).toHaveCount(20_001);
  expect(unexpected(wrong)).toEqual([]);
});

test("no path of the site leads to another host", async ({ trapped }) => {
  test.setTimeout(120_000);
  const { page, server, wrong } = await trapped({});
  const own = (address) => new URL(address, server.origin).origin === server.origin;
  // As it stands, which no browser would send. A line break cannot be sent at all.
  for (const path of paths.filter((path) => /^[/][!-~]*$/.test(path))) {
    const answer = await new Promise((done, fail) => {
      const { hostname, port } = new URL(server.origin);
      ask({ hostname, port, path }, done).on("error", fail).end();
    });
    answer.resume();
    expect(own(answer.headers.location ?? "/"), `${path} redirects to ${answer.headers.location}`).toBe(true);
  }
  // As a reader comes in by it. Only a path is the site's: `origin + path` without a slash is another's.
  const addresses = paths.map((path) => server.origin + (/^[/\\]/.test(path) ? "" : "/") + path);
  for (const address of addresses) {
    await page.goto(address);
    await started(page);
    expect(own(page.url()), address).toBe(true);
    expect(await page.evaluate(look), address).toEqual([]);
  }
  // As the app goes there, without loading a page.
  await page.goto("en/");
  await started(page);
  for (const address of addresses) {
    await page.evaluate((address) => {
      history.pushState("0 ", "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    }, address);
    await page.waitForTimeout(20);
    expect(own(page.url()), address).toBe(true);
    expect(await page.evaluate(look), address).toEqual([]);
  }
  expect(unexpected(wrong)).toEqual([]);
});
