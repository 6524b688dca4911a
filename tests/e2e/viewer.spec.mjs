// The photos of a story over it: opened, moved through, looked at closely, left.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { expect, open, test } from "./fixtures.mjs";
import { json, pages, words } from "./dist.mjs";

const SLUG = "the-night-of-paper-boats";
const STORY = `en/stories/${SLUG}/`;
const article = json(`articles/en/${SLUG}.json`);

/** Every picture of a value that has an id, in reading order. */
const photosOf = (value) => {
  if (Array.isArray(value)) return value.flatMap(photosOf);
  if (value === null || typeof value !== "object") return [];
  return [...(value.id && value.renditions ? [value] : []), ...Object.values(value).flatMap(photosOf)];
};
const photos = [...photosOf(article.leadMedia), ...photosOf(article.body)];
const LAST = photos.length;
/** Its place among the photos, from 1. */
const placeOf = (id) => photos.findIndex((photo) => photo.id === id) + 1;

const dialog = (page) => page.locator("dialog[open]");
const button = (page, name) => dialog(page).locator(`button[name=${name}]`);
const linkTo = (page, id) => page.locator(`main a[href$="/photos/${id}/"]`).first();
const address = (id) => new RegExp(`/${STORY}photos/${id}/$`);
const numbered = (n, total = LAST) => words.photo_number.replace("{n}", n).replace("{total}", total);

/** Waits until the photo with that number is the one that is shown, in the middle. */
async function shows(page, n, total = LAST) {
  await expect(dialog(page).locator("h1")).toHaveText(numbered(n, total));
  await expect(dialog(page).locator(".track > li").nth(n - 1)).toBeInViewport({ ratio: 0.99 });
  await expect(dialog(page).locator(".track > li:not([inert])")).toHaveCount(1);
}

/** Where the frame of the shown photo is, once it has come from its place in the story. */
async function boxOf(page) {
  const frame = dialog(page).locator("li:not([inert]) .frame");
  await frame.evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
  return frame.boundingBox();
}

async function opened(page, id, path = STORY) {
  await open(page, path);
  await linkTo(page, id).focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
}

test("with the keyboard alone: opened, moved through, closed at the picture seen last", async ({ page }) => {
  await open(page, STORY);
  const entries = await page.evaluate(() => history.length);
  const title = await page.title();
  await linkTo(page, photos[2].id).focus();
  await page.keyboard.press("Enter");
  await shows(page, 3);
  await expect(page).toHaveURL(address(photos[2].id));
  await expect(page).toHaveTitle(new RegExp(`^${numbered(3)}: `));
  await expect(dialog(page).locator("h1")).toBeFocused();
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);

  const said = dialog(page).locator("[role=status]");
  await expect(said).toHaveText("");
  await page.keyboard.press("ArrowRight");
  await shows(page, 4);
  await expect(said).toHaveText(`${numbered(4)}. ${photos[3].alt}`);
  await expect(page).toHaveURL(address(photos[3].id));
  await expect(page).toHaveTitle(new RegExp(`^${numbered(4)}: `));
  await page.keyboard.press("End");
  await shows(page, LAST);
  // There is nothing further, and the button says so.
  await page.keyboard.press("ArrowRight");
  await shows(page, LAST);
  await expect(button(page, "next")).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Home");
  await shows(page, 1);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await shows(page, 2);
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);

  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`/${STORY}$`));
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page).toHaveTitle(title);
  await expect(linkTo(page, photos[1].id)).toBeFocused();
  await expect(linkTo(page, photos[1].id)).toBeInViewport();
  // The story is the one that stood there, and its entry the one that was left.
  expect(await page.evaluate(() => history.length)).toBe(entries + 1);
});

test("Tab stays inside, and reaches every control and only the photo that is shown", async ({ page }) => {
  await opened(page, photos[1].id);
  const reached = [];
  for (let step = 0; step < 14; step += 1) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const { activeElement: at } = document;
        if (at === document.body) return "the browser";
        if (!at.closest("dialog") || at.closest("[inert]")) return `outside: ${at.outerHTML}`;
        return at.getAttribute("name") ?? at.localName;
      }),
    );
  }
  expect(reached.filter((name) => name.startsWith("outside"))).toEqual([]);
  for (const name of ["close", "figcaption", "previous", "zoom", "a", "copy", "next"]) expect(reached).toContain(name);
});

test("the buttons move and keep the focus, at the ends too", async ({ page }) => {
  await opened(page, photos[LAST - 2].id);
  await button(page, "next").click();
  await shows(page, LAST);
  await expect(button(page, "next")).toBeFocused();
  // Playwright clicks nothing that says it is disabled.
  await page.keyboard.press("Enter");
  await shows(page, LAST);
  await button(page, "previous").click();
  await shows(page, LAST - 1);
});

test("a swipe moves on: what is in the middle when the track rests is what is shown", async ({ page }) => {
  await opened(page, photos[0].id);
  await shows(page, 1);
  // As a finger leaves it; the browser snaps.
  await page.locator(".track").evaluate((track) => track.scrollBy({ left: track.clientWidth, behavior: "smooth" }));
  await shows(page, 2);
  await expect(page).toHaveURL(address(photos[1].id));
  await page.locator(".track").hover();
  await page.mouse.wheel(900, 0);
  await shows(page, 3);
});

test("in a language from right to left the next photo is to the left", async ({ page }) => {
  const path = pages.find((found) => /^ar\/stories\/[^/]+\/$/.test(found) && pages.filter((other) => other.startsWith(`${found}photos/`)).length > 1);
  await open(page, path);
  await page.locator("main a[href*='/photos/']").first().click();
  const at = async (n) => {
    await expect(dialog(page).locator("li:not([inert])")).toBeInViewport({ ratio: 0.99 });
    const place = await page.evaluate(() => [...document.querySelectorAll(".track > li")].findIndex((slide) => !slide.inert));
    expect(place).toBe(n - 1);
  };
  await at(1);
  await page.keyboard.press("ArrowRight");
  await at(1);
  await page.keyboard.press("ArrowLeft");
  await at(2);
  const [previous, next] = await Promise.all(["previous", "next"].map((name) => button(page, name).boundingBox()));
  expect(next.x).toBeLessThan(previous.x);
  await page.keyboard.press("Home");
  await at(1);
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
});

test("Back closes, Forward opens again, and before the story there is what was there", async ({ page }) => {
  await open(page, "en/");
  await page.locator(`a[href$="${STORY}"]`).first().click();
  await expect(page.locator("article.story")).toBeVisible();
  await linkTo(page, photos[1].id).click();
  await shows(page, 2);
  await page.keyboard.press("ArrowRight");
  await shows(page, 3);
  await page.goBack();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/${STORY}$`));
  await expect(linkTo(page, photos[2].id)).toBeFocused();
  await page.goForward();
  await shows(page, 3);
  await expect(page).toHaveURL(address(photos[2].id));
  await button(page, "close").click();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/${STORY}$`));
  await page.goBack();
  await expect(page.locator("article.card").first()).toBeVisible();
  await expect(page).toHaveURL(/\/en\/$/);
});

test("who comes straight to a photo has its plain page until they move, and then the story below", async ({ page }) => {
  const [first, second] = photos;
  await open(page, `${STORY}photos/${first.id}/`);
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page.locator(".viewer-figure img")).toBeVisible();
  await page.locator("main a[rel=next]").click();
  await shows(page, 2);
  await expect(page).toHaveURL(address(second.id));
  await page.goBack();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/${STORY}$`));
  await expect(page.locator("article.story h1")).toBeVisible();
  await expect(linkTo(page, second.id)).toBeFocused();
});

test("a reload in the viewer gives the plain page, and moving on from there the viewer", async ({ page }) => {
  await opened(page, photos[2].id);
  await shows(page, 3);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-boot", "ok");
  await expect(page.locator(".viewer-figure img")).toBeVisible();
  const entries = await page.evaluate(() => history.length);
  await page.locator("main a[rel=next]").click();
  await shows(page, 4);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`/${STORY}$`));
  await expect(page.locator("article.story h1")).toBeVisible();
});

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`zoom shows it twice as large in a frame that is moved with the arrows, motion: ${reducedMotion}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion });
    await opened(page, photos[1].id);
    const frame = dialog(page).locator("li:not([inert]) .frame");
    const before = await boxOf(page);
    await button(page, "zoom").click();
    await expect(button(page, "zoom")).toHaveAttribute("aria-pressed", "true");
    const after = await frame.boundingBox();
    expect(after.width).toBeCloseTo(before.width * 2, 0);
    expect(after.height).toBeCloseTo(before.height * 2, 0);
    // From its middle, and the photo is still this one.
    const pane = dialog(page).locator(".pane[tabindex]");
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2].map(Math.round);
    expect(middle(after)).toEqual(middle(await pane.boundingBox()));
    await pane.focus();
    const down = () => pane.evaluate((element) => element.scrollTop);
    const from = await down();
    await page.keyboard.press("ArrowDown");
    await expect.poll(down).toBeGreaterThan(from);
    await page.keyboard.press("ArrowRight");
    await shows(page, 2);
    await button(page, "zoom").click();
    await expect.poll(async () => (await frame.boundingBox()).width).toBeCloseTo(before.width, 0);
    await button(page, "zoom").click();
    await button(page, "next").click();
    await shows(page, 3);
    await expect(button(page, "zoom")).toHaveAttribute("aria-pressed", "false");
  });
}

test("the file is named for the story, the number and the credit, and is the largest JPEG", async ({ page }) => {
  await opened(page, photos[2].id);
  const coming = page.waitForEvent("download");
  await dialog(page).locator("a[download]").click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe(`${SLUG}-photo-3-illustration-drawn-by-a-program-dateline-sample-newsroom.jpg`);
  const widest = photos[2].renditions.filter(({ contentType }) => contentType === "image/jpeg").at(-1);
  expect(download.url()).toContain(widest.href);
  await expect(dialog(page)).toBeVisible();
});

test("the credit is copied, and that is said to all", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(page, photos[0].id);
  await button(page, "copy").click();
  await expect(button(page, "copy")).toHaveText(words.credit_copied);
  await expect(dialog(page).locator("[role=status]")).toHaveText(words.credit_copied);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(photos[0].rights.creditText);
  await page.keyboard.press("ArrowRight");
  await expect(button(page, "copy")).toHaveText(words.copy_credit);
});

test("where nothing can be copied, that is said", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await opened(page, photos[0].id);
  await button(page, "copy").click();
  await expect(dialog(page).locator("[role=status]")).toHaveText(words.credit_not_copied);
});

test("neighbours are fetched ahead, and those further on are not", async ({ page }) => {
  await opened(page, photos[0].id);
  await shows(page, 1);
  // A photo further on is not even in the page: opening an essay of a hundred is as quick.
  const there = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".track > li")].map((slide) => {
        const picture = slide.querySelector("img");
        return picture ? (picture.getAttribute("loading") ?? "") : "none";
      }),
    );
  const expected = (last) => photos.map((_, place) => (place <= last ? "" : "none"));
  await expect.poll(there).toEqual(expected(1));
  await page.keyboard.press("ArrowRight");
  await shows(page, 2);
  await expect.poll(there).toEqual(expected(2));
  const loaded = (n) =>
    page.locator(".track img").nth(n).evaluate((picture) => picture.complete && picture.naturalWidth > 0);
  await expect.poll(() => loaded(2)).toBe(true);
});

// The addresses in a snapshot are relative, and the address of the page has changed.
test("pictures of the story below that come late are asked for where they are", async ({ page }) => {
  await opened(page, photos[0].id);
  await shows(page, 1);
  await page.setViewportSize({ width: 700, height: 3000 });
  const below = () =>
    page.locator("main picture img").evaluateAll((all) => all.map((picture) => picture.complete && picture.naturalWidth > 0));
  await expect.poll(async () => (await below()).every(Boolean)).toBe(true);
  await expect(page.locator("main .frame.gone")).toHaveCount(0);
});

test("a picture that does not come leaves its caption, its credit and what is to be seen", async ({ page, site, expectConsole }) => {
  expectConsole(/status of 404/);
  site.fault(new RegExp(`^media/.*${photos[1].id}`), { status: 404 });
  await opened(page, photos[0].id);
  await page.keyboard.press("ArrowRight");
  await shows(page, 2);
  const slide = dialog(page).locator("li:not([inert])");
  await expect(slide).toContainText(words.picture_missing);
  await expect(slide).toContainText(photos[1].alt);
  await expect(slide.locator(".credit")).toContainText(photos[1].rights.creditText);
});

for (const width of [390, 1280]) {
  test(`nothing moves while it opens, loads and turns, ${width} px`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 844 });
    await open(page, STORY);
    await linkTo(page, photos[1].id).scrollIntoViewIfNeeded();
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          window.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => node?.className).join(" ")}`);
        }
      }).observe({ type: "layout-shift" });
    });
    site.fault(/^media\//, { delay: 400 });
    await linkTo(page, photos[1].id).click();
    const before = await boxOf(page);
    await shows(page, 2);
    await page.waitForTimeout(900);
    expect(await boxOf(page)).toEqual(before);
    await page.keyboard.press("ArrowRight");
    await shows(page, 3);
    await page.waitForTimeout(900);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const [name, path] of [
      ["English", STORY],
      ["Arabic", pages.find((found) => /^ar\/stories\/[^/]+2010\/$/.test(found))],
    ]) {
      test(`axe finds nothing in it, and nothing is too small, ${name}, ${width} px, ${colorScheme}`, async ({ page }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await open(page, path);
        await page.locator("main a[href*='/photos/']").first().click();
        await expect(dialog(page)).toBeVisible();
        await page.waitForTimeout(500);
        const shot = async (state) => {
          if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/viewer-${name}-${width}-${colorScheme}-${state}.png` });
        };
        const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
        await page.evaluate(axe);
        const violations = async () => {
          const { violations } = await page.evaluate(
            () =>
              window.axe.run(document, {
                runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "wcag22aaa", "best-practice"] },
                rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
              }),
          );
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
        };
        expect(await violations()).toEqual([]);
        await shot("open");
        for (const control of await dialog(page).locator("button, a.button").all()) {
          const box = await control.boundingBox();
          expect(box.width).toBeGreaterThanOrEqual(44);
          expect(box.height).toBeGreaterThanOrEqual(44);
        }
        const sideways = await page.evaluate(() => document.querySelector("dialog").scrollWidth - innerWidth);
        expect(sideways).toBeLessThanOrEqual(0);
        await button(page, "zoom").click();
        await page.waitForTimeout(300);
        await shot("zoomed");
        expect(await violations()).toEqual([]);
      });
    }
  }
}

test.describe("with script off", () => {
  test.use({ javaScriptEnabled: false });
  test("a photo is a plain page, with the ways on and back", async ({ page }) => {
    await page.goto(STORY);
    await linkTo(page, photos[0].id).click();
    await expect(page).toHaveURL(address(photos[0].id));
    await expect(page.locator("dialog")).toHaveCount(0);
    await expect(page.locator(".viewer-figure img")).toBeVisible();
    await page.locator("main a[rel=next]").click();
    await expect(page).toHaveURL(address(photos[1].id));
    await expect(page.locator("main h1")).toContainText(numbered(2));
  });
});
