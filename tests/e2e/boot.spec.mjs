// The app cannot start: the story stays, its links work, a note says so.
import { expect, started, test } from "./fixtures.mjs";
import { json, kinds, paragraphs, squeezed, words } from "./dist.mjs";
import { BOOT, WASM, bootFaults, hurryAlarm } from "./boot-faults.mjs";

const [FIRST] = paragraphs(json("articles/en/beijing-meeting-on-child-rights-2010.json")).map(squeezed);

async function readable(page, timeout) {
  await expect(page.locator("main h1")).toBeVisible({ timeout });
  await expect(page.locator("main")).toContainText(FIRST, { timeout });
}

/** Follows a link and sees that a new document came, by the mark the old one had. */
async function linksLoadPages(page) {
  await page.evaluate(() => (window.oldDocument = true));
  await page.locator("header.masthead a").first().click();
  await expect(page.locator("article.card").first()).toBeVisible();
  expect(await page.evaluate(() => window.oldDocument)).toBeUndefined();
}

/** The note of a script that never ran: there when its time has come, moving nothing. */
async function alarmed(page) {
  const html = page.locator("html");
  const note = page.locator("#boot-note");
  await expect(html).not.toHaveAttribute("data-boot");
  await expect(note).toBeHidden();
  const body = await page.locator("main").boundingBox();
  expect(await page.evaluate(hurryAlarm)).toBe(15_000);
  await expect(note).toBeVisible();
  await expect(note).toBeInViewport();
  await expect(note).toHaveText(words.boot_failed);
  expect(await page.locator("main").boundingBox()).toEqual(body);
}

async function ended(page, { ends, reason, note: told = ends !== "ok" }, timeout) {
  if (ends === "alarm") return alarmed(page);
  const html = page.locator("html");
  const note = page.locator("#boot-note");
  await expect(html).toHaveAttribute("data-boot", ends, { timeout });
  if (reason) await expect(html).toHaveAttribute("data-boot-reason", reason);
  await expect(note).toBeVisible({ visible: told });
  expect(await page.evaluate(hurryAlarm)).toBeUndefined();
}

// What Chromium itself says about a file that does not come as announced: the
// status, the hash, the fetch, in words and in an order of its own. What the page
// itself would throw is not among it.
const REFUSED = [/^console (error|warning)/, /^request failed/];

for (const [name, fault] of Object.entries(bootFaults)) {
  test(`${name}: the story can be read, and it ends ${fault.ends}`, async ({ page, site, expectConsole }) => {
    expectConsole(...REFUSED);
    if (fault.init) await page.addInitScript(fault.init);
    for (const [match, what] of fault.faults ?? []) site.fault(match, what);
    const asked = (ending) => site.requests.filter(({ path }) => path.endsWith(ending)).length;
    await page.goto(kinds.story, { waitUntil: "commit" });
    await readable(page, 3_000);
    await ended(page, fault, fault.slow ? 25_000 : 12_000);
    await readable(page);
    // Told once the frame was shown, which a busy machine does later.
    await expect.poll(() => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)).toBe(1);
    expect(asked(`/${kinds.story}`)).toBe(fault.loads ?? 1);
    if (fault.tries !== undefined) expect(asked(".wasm")).toBe(fault.tries);
    site.heal();
    if (fault.ends !== "ok") await linksLoadPages(page);
  });
}

test("a wasm file that comes after it was given up mounts nothing", async ({ page, site }) => {
  const release = site.hold(WASM);
  await page.goto(kinds.story);
  await readable(page);
  await ended(page, { ends: "failed", reason: "time" }, 20_000);
  release();
  await page.waitForTimeout(1_000);
  await expect(page.locator("html")).toHaveAttribute("data-boot", "failed");
  await readable(page);
  await linksLoadPages(page);
});

test("a reader is told after fifteen seconds that the boot script never came, and no more when it comes", async ({
  page,
  site,
}) => {
  const release = site.hold(BOOT);
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => (window.shifts += list.getEntries().length)).observe({
      type: "layout-shift",
      buffered: true,
    });
  });
  await page.goto(kinds.story, { waitUntil: "commit" });
  await readable(page);
  const note = page.locator("#boot-note");
  await expect(note).toHaveAttribute("role", "status");
  await page.waitForTimeout(13_000);
  await expect(note).toBeHidden();
  await expect(note).toBeVisible({ timeout: 4_000 });
  release();
  await started(page);
  await expect(note).toBeHidden();
  expect(await page.evaluate(() => window.shifts)).toBe(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("nobody is told that something never started", async ({ page, site, expectConsole }) => {
    expectConsole(...REFUSED);
    site.fault(BOOT, { status: 404 });
    await page.goto(kinds.story);
    await readable(page);
    const display = page.locator("#boot-note").evaluate((note) => getComputedStyle(note).display);
    expect(await display).toBe("none");
  });
});
