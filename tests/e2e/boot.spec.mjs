// The app cannot start: the story stays, its links work, a note says so.
import { expect, started, test } from "./fixtures.mjs";
import { json, kinds, paragraphs, squeezed } from "./dist.mjs";

const WASM = /^assets\/app-.*\.wasm$/;
const BOOT = /^assets\/boot-.*\.js$/;

async function readable(page) {
  const [first] = paragraphs(json("articles/en/beijing-meeting-on-child-rights-2010.json"));
  await expect(page.locator("main h1")).toBeVisible();
  expect(squeezed(await page.locator("main").innerText())).toContain(squeezed(first));
}

/** Follows a link and sees that a new document came, by the mark the old one had. */
async function linksLoadPages(page) {
  await page.evaluate(() => (window.oldDocument = true));
  await page.locator("header.masthead a").first().click();
  await expect(page.locator("article.card").first()).toBeVisible();
  expect(await page.evaluate(() => window.oldDocument)).toBeUndefined();
}

async function failed(page, reason, timeout = 10_000) {
  await expect(page.locator("html")).toHaveAttribute("data-boot", "failed", { timeout });
  await expect(page.locator("html")).toHaveAttribute("data-boot-reason", reason);
  await expect(page.locator("#boot-note")).toBeVisible();
}

// What Chromium itself says about a file that does not come as announced: the
// status, the hash, the fetch, in an order of its own.
const REFUSED = [/Failed to load resource/, /integrity/i, /Fetch API cannot load/, /request failed/];

const faults = [
  ["is missing", { status: 404 }],
  ["is an error page with status 500", { status: 500 }],
  ["is a sign-in page with status 200", { html: true }],
  ["was altered by one bit", { alter: 1000 }],
  ["is empty", { body: "" }],
  ["ends too early", { truncate: 1000 }],
  ["ends the connection", { reset: true }],
];

for (const [name, fault] of faults) {
  test(`a wasm file that ${name} leaves a readable page with a note`, async ({ page, site, expectConsole }) => {
    expectConsole(...REFUSED);
    site.fault(WASM, fault);
    await page.goto(kinds.story);
    await failed(page, "load");
    await readable(page);
    // Asked for once, and once more past the cache. (Chromium itself repeats a
    // request whose connection was cut.)
    const tries = site.requests.filter(({ path }) => path.endsWith(".wasm")).length;
    if (!fault.reset) expect(tries).toBe(2);
    site.heal();
    await linksLoadPages(page);
  });
}

test("a damaged wasm file that is sound at the second try starts the app", async ({ page, site, expectConsole }) => {
  expectConsole(...REFUSED);
  site.fault(WASM, { alter: 1000, times: 1 });
  await page.goto(kinds.story);
  await started(page);
});

test("a wasm file without its type starts the app", async ({ page, site }) => {
  site.fault(WASM, { type: "application/octet-stream" });
  await page.goto(kinds.story);
  await started(page);
});

test("a wasm file that never comes is given up after twelve seconds, and mounts nothing when it comes late", async ({
  page,
  site,
}) => {
  const release = site.hold(WASM);
  await page.goto(kinds.story);
  await readable(page);
  await failed(page, "time", 20_000);
  release();
  await page.waitForTimeout(1_000);
  await expect(page.locator("html")).toHaveAttribute("data-boot", "failed");
  await readable(page);
  await linksLoadPages(page);
});

test("a boot script that is missing leaves a readable page", async ({ page, site, expectConsole }) => {
  expectConsole(/status of 404/);
  site.fault(BOOT, { status: 404 });
  await page.goto(kinds.story);
  await readable(page);
  expect(await page.locator("html").getAttribute("data-boot")).not.toBe("ok");
  await linksLoadPages(page);
});

test("a boot script that was altered does not run", async ({ page, site, expectConsole }) => {
  expectConsole(...REFUSED);
  site.fault(BOOT, { alter: 100 });
  await page.goto(kinds.story);
  await page.waitForLoadState("load");
  await readable(page);
  expect(await page.locator("html").getAttribute("data-boot")).not.toBe("ok");
});

test("a browser without WebAssembly shows the page and the note", async ({ page }) => {
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto(kinds.story);
  await failed(page, "no-wasm");
  await readable(page);
  await linksLoadPages(page);
});

test("a page from an older release is reloaded once, not for ever", async ({ page, site, expectConsole }) => {
  expectConsole(...REFUSED);
  site.fault(WASM, { status: 404 });
  site.fault("version.json", { body: JSON.stringify({ build: "another" }) });
  await page.goto(kinds.story);
  await failed(page, "load");
  await readable(page);
  expect(site.requests.filter(({ path }) => path.endsWith(`/${kinds.story}`)).length).toBe(2);
});

test("a reload for a newer release happens once even where storage throws", async ({ page, site, expectConsole }) => {
  expectConsole(...REFUSED);
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const name of ["sessionStorage", "localStorage"]) Object.defineProperty(window, name, { get: denied });
  });
  site.fault(WASM, { status: 404 });
  site.fault("version.json", { body: JSON.stringify({ build: "another" }) });
  await page.goto(kinds.story);
  await failed(page, "load");
  expect(site.requests.filter(({ path }) => path.endsWith(`/${kinds.story}`)).length).toBe(2);
});

test("blocked storage does not keep the app from starting", async ({ page }) => {
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const name of ["sessionStorage", "localStorage", "indexedDB", "caches"]) {
      Object.defineProperty(window, name, { get: denied });
    }
  });
  await page.goto(kinds.story);
  await started(page);
});
