// What carries a warning is covered until the reader asks for it.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findings } from "./axe.mjs";
import { expect, open, started, test as base } from "./fixtures.mjs";
import { ROOT, press } from "./press.mjs";
import { DIST, startServer } from "./server.mjs";
import { words } from "./dist.mjs";

const test = base.extend({
  server: [
    async ({ mountedAt }, use) => {
      const server = await startServer({ mount: mountedAt, root: build() });
      await use(server);
      await server.close();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

const PICTURE = /great-hall/;
const STORY = "en/stories/wreck/";
const SHOWN = "details.cover[open]";

/** A site of two stories: one warns of a picture and of a film, one of all it has. */
function build() {
  const root = join(ROOT, "target/covers");
  rmSync(root, { recursive: true, force: true });
  for (const folder of ["great-hall", "harbour-dawn", "paper-boats-film"]) {
    cpSync(join(ROOT, "public/media", folder), join(root, "public/media", folder), { recursive: true });
  }
  const image = (name, id, more) => ({
    id,
    alt: "A drawing",
    caption: "What it shows",
    width: 960,
    height: 640,
    renditions: [
      { href: `/media/${name}/480.jpg`, contentType: "image/jpeg", width: 480, height: 320 },
      { href: `/media/${name}/960.jpg`, contentType: "image/jpeg", width: 960, height: 640 },
    ],
    ...more,
  });
  const story = (slug, more) => ({
    schemaVersion: "1.0",
    id: `urn:test:${slug}`,
    slug,
    language: "en",
    headline: slug,
    datePublished: "2025-01-01",
    body: [{ type: "paragraph", content: "It happened." }],
    ...more,
  });
  const film = {
    id: "film",
    title: "The wreck",
    contentWarning: "Flashing light",
    poster: image("harbour-dawn", "still", {}),
    renditions: [{ href: "/media/paper-boats-film/360.mp4", contentType: "video/mp4", width: 640, height: 360 }],
    transcript: { language: "en", body: [{ type: "paragraph", content: "Water." }] },
  };
  const stories = [
    story("wreck", {
      leadMedia: { type: "image", image: image("great-hall", "hall", { contentWarning: "A wreck" }) },
      body: [{ type: "paragraph", content: "It happened." }, { type: "video", video: film }],
    }),
    story("storm", {
      contentWarning: "A storm",
      leadMedia: { type: "image", image: image("great-hall", "hall", {}) },
    }),
  ];
  const site = { name: "Covers", languages: ["en"], defaultLanguage: "en", timeZone: "UTC" };
  mkdirSync(join(root, "public/articles/en"), { recursive: true });
  writeFileSync(join(root, "public/site.json"), JSON.stringify(site));
  for (const one of stories) writeFileSync(join(root, `public/articles/en/${one.slug}.json`), JSON.stringify(one));
  for (const folder of ["fonts", "icons"]) cpSync(join(ROOT, "public", folder), join(root, "public", folder), { recursive: true });
  const dist = join(root, "dist");
  const { findings } = press("build", root, "--into", dist, "--app", DIST);
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return dist;
}

const asked = (site, pattern) => site.requests.filter(({ path }) => pattern.test(path));
const first = (page) => page.locator("details.cover").first();

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("a covered picture is seen when the reader asks, and not before", async ({ page, site }) => {
      await page.goto(STORY);
      if (javaScriptEnabled) await started(page);
      await page.waitForTimeout(500);
      await expect(first(page).locator("summary")).toContainText("A wreck");
      await expect(first(page).locator("img")).not.toBeVisible();
      // Without scripts browsers fetch everything at once.
      if (javaScriptEnabled) expect(asked(site, PICTURE)).toEqual([]);
      await first(page).locator("summary").focus();
      await page.keyboard.press("Enter");
      await expect(first(page).locator("img")).toBeVisible();
      await expect.poll(() => asked(site, PICTURE).length).toBeGreaterThan(0);
    });
  });
}

test("neither the poster nor the file of a covered film is fetched before the reader asks", async ({ page, site }) => {
  await open(page, `${STORY}videos/film/`);
  await page.waitForTimeout(500);
  expect(asked(site, /harbour-dawn|\.mp4/)).toEqual([]);
  await expect(page.locator("details.cover > summary")).toContainText("Flashing light");
  await page.locator("details.cover > summary").click();
  await expect(page.locator("video")).toBeVisible();
  await expect.poll(() => asked(site, /harbour-dawn/).length).toBeGreaterThan(0);
  await expect(page.locator(".transcript")).toContainText("Water.");
});

test("what was asked for stays open for the visit, on every page, and can be hidden again", async ({ page, context }) => {
  await open(page, STORY);
  await first(page).locator("summary").click();
  await expect(page.locator(SHOWN)).toHaveCount(1);
  await page.reload();
  await started(page);
  await expect(page.locator(SHOWN)).toHaveCount(1);
  await page.locator("a.enlarge").first().click();
  await expect(page.locator(`dialog[open] ${SHOWN}`)).toHaveCount(1);
  await page.reload();
  await started(page);
  await expect(page.locator(`.viewer ${SHOWN}`)).toHaveCount(1);
  await page.goto("en/photos/");
  await started(page);
  await expect(page.locator(`.wall ${SHOWN}`).first()).toBeVisible();
  await page.goto(STORY);
  await started(page);
  await page.locator(`${SHOWN} > summary`).click();
  await page.reload();
  await started(page);
  await expect(page.locator(SHOWN)).toHaveCount(0);
  // Another visit knows nothing of this one.
  const other = await context.newPage();
  await other.goto(STORY);
  await expect(other.locator(SHOWN)).toHaveCount(0);
});

test("where storage is blocked a cover opens all the same, and stays open until the page is loaded anew", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    }
  });
  await open(page, STORY);
  await first(page).locator("summary").click();
  await page.locator("a.enlarge").first().click();
  await expect(page.locator(`dialog[open] ${SHOWN}`)).toHaveCount(1);
});

test("over its story a picture is covered too, until it is asked for", async ({ page }) => {
  await open(page, STORY);
  const photo = page.locator("#main details.cover a.enlarge").first();
  const href = await photo.evaluate((link) => link.href);
  await page.locator("a.enlarge").first().evaluate((link, href) => {
    link.href = href;
    link.click();
  }, href);
  const cover = page.locator("dialog[open] li:not([inert]) details.cover");
  await expect(cover.locator("summary")).toBeVisible();
  await expect(cover.locator("img")).toBeHidden();
  await cover.locator("summary").click();
  await expect(cover.locator("img")).toBeVisible();
  const { width, height } = await cover.locator(".frame").boundingBox();
  expect(Math.min(width, height)).toBeGreaterThan(100);
});

test("a warning of a whole story covers its pictures, on their own pages too", async ({ page, site }) => {
  for (const path of ["en/stories/storm/", "en/stories/storm/photos/hall/"]) {
    site.heal();
    await open(page, path);
    await page.waitForTimeout(300);
    await expect(first(page).locator("summary")).toContainText("A storm");
    expect(asked(site, PICTURE), path).toEqual([]);
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`a cover is a button to a screen reader, and axe finds nothing closed and open, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, STORY);
    expect(await findings(page)).toEqual([]);
    for (const summary of await page.locator("details.cover > summary").all()) await summary.click();
    await expect(page.getByText(words.hide, { exact: true }).first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/cover-${colorScheme}.png`, fullPage: true });
  });
}
