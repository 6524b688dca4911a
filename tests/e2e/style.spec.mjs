// The style that stands in the page, before and without the sheet that follows it.
import { expect, open, started, test } from "./fixtures.mjs";
import { json, kinds, pages, read, rightToLeft } from "./dist.mjs";

const { style, faces } = json("assets/assets.json");
/** The pages that readers arrive at; photos and films wait for the sheet. */
const arrivals = {
  root: "",
  front: kinds.front,
  story: kinds.story,
  page: kinds.page,
  "right to left": rightToLeft,
};

/** Where everything on the first screen stands, and how it is set. */
function firstScreen(page) {
  return page.evaluate(() => {
    const seen = [];
    for (const element of document.querySelectorAll("#dateline *")) {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (y >= innerHeight || y + height <= 0 || width === 0) continue;
      const look = getComputedStyle(element);
      const set = [look.fontFamily, look.fontSize, look.fontWeight, look.color, look.backgroundColor];
      // A box that reaches below the screen may end where it likes.
      const bottom = y + height < innerHeight ? Math.round(y + height) : "below";
      const name = `${element.localName}.${element.getAttribute("class") ?? ""}`;
      seen.push([name, Math.round(x), Math.round(y), Math.round(width), bottom, ...set].join(" "));
    }
    return seen;
  });
}

/** The whole page, as it is drawn. */
const geometry = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("body, #dateline *")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${element.localName} ${x} ${y} ${width} ${height}`;
    }),
  );

for (const width of [390, 1280]) {
  for (const [name, path] of Object.entries(arrivals)) {
    test(`the first screen of the ${name} page is whole before its sheet comes, ${width} px`, async ({
      page,
      site,
    }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            window.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => node?.className).join(" ")}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      const release = site.hold(style.href);
      // A face that comes after the first lines and before the sheet is not used.
      site.fault(/^fonts\//, { delay: 400 });
      await page.goto(path, { waitUntil: "commit" });
      await page.waitForSelector("#dateline main h1");
      // As long as three seconds of silence: the page must have been drawn by then.
      await page.waitForTimeout(name === "story" ? 3_000 : 700);
      const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
      expect(painted, "nothing was drawn").toBe(1);
      await page.evaluate(() => document.fonts.ready);
      const before = await firstScreen(page);
      expect(before.length).toBeGreaterThan(10);
      release();
      await started(page);
      await page.waitForTimeout(200);
      expect(await firstScreen(page)).toEqual(before);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }
}

test("without its sheet a story can be read, and its links work", async ({ page, site, expectConsole }) => {
  expectConsole(/status of 404/, /integrity/, /MIME type/);
  site.fault(style.href, { status: 404 });
  await open(page, kinds.story);
  for (const selector of ["main h1", ".standfirst", ".body p"]) {
    const [face, size] = await page
      .locator(selector)
      .first()
      .evaluate((element) => [getComputedStyle(element).fontFamily, parseFloat(getComputedStyle(element).fontSize)]);
    expect(face, selector).toContain("Source Serif 4");
    expect(size, selector).toBeGreaterThan(17);
  }
  await page.locator("header.masthead a").first().click();
  await expect(page.locator("article.card").first()).toBeVisible();
});

test("a loaded story looks as it does with the sheets alone", async ({ page, site, expectConsole }) => {
  // Whether a face comes in time is chance, and another matter.
  expectConsole(/status of 404/, /preload/);
  site.fault(/^fonts\//, { status: 404 });
  await page.setViewportSize({ width: 1280, height: 844 });
  await open(page, kinds.story);
  await page.waitForLoadState("networkidle");
  const both = await geometry(page);
  await page.evaluate((href) => {
    document.querySelector("style").replaceWith(
      Object.assign(document.createElement("link"), { rel: "stylesheet", href }),
    );
  }, site.url(faces.href));
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  expect(await geometry(page)).toEqual(both);
});

test("a host that sends an old policy gets the page styled by its sheet", async ({ page, site, expectConsole }) => {
  expectConsole(/Content Security Policy/);
  const html = read(`${kinds.story}index.html`).replace("<style>", "<style>/* another release */");
  site.fault(kinds.story, { body: html });
  await open(page, kinds.story);
  const colour = await page.locator(".logo").evaluate((logo) => getComputedStyle(logo).textDecorationLine);
  expect(colour).toBe("none");
});

test("the app writes no style of its own on any page it goes to", async ({ page }) => {
  await open(page, kinds.front);
  await page.locator("article.card h2 a, article.card h3 a").first().click();
  await expect(page.locator("article.story h1")).toBeVisible();
  await page.goBack();
  await expect(page.locator("article.card").first()).toBeVisible();
  await expect(page.locator("style")).toHaveCount(1);
  await expect(page.locator("link[rel=stylesheet]")).toHaveCount(1);
});

test("a page has one style and one sheet, or the sheet and that of the faces", () => {
  for (const path of pages) {
    const html = read(`${path}index.html`);
    const waits = /\/(search|photos|videos|saved|offline)\//.test(path);
    expect.soft((html.match(/<style/g) ?? []).length, path).toBe(waits ? 0 : 1);
    expect.soft(html.match(/<link rel="stylesheet"/g), path).toHaveLength(waits ? 2 : 1);
  }
});
