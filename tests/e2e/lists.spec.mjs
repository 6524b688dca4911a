// The pages of all photos and all films of an edition.
import { findings } from "./axe.mjs";
import { expect, open, started, test } from "./fixtures.mjs";
import { json, words } from "./dist.mjs";

const photos = json("data/v1/en/photos/head.json");
const films = json("data/v1/en/videos/head.json");
const topic = photos.topics[0];

for (const [path, count] of [["en/photos/", photos.cards.length], ["en/videos/", films.cards.length]]) {
  test(`/${path} is linked from the front and shows what its list holds`, async ({ page }) => {
    await open(page, "en/");
    await page.locator(`.nav a[href$="${path}"]`).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(page.locator("main .wall > li, main .grid > .card")).toHaveCount(count);
    await expect(page.locator(`.nav a[href$="${path}"]`)).toHaveAttribute("aria-current", "page");
  });
}

test("photos are narrowed by a topic, and all of them are a link away", async ({ page }) => {
  await open(page, "en/photos/");
  await page.getByText(words.topics, { exact: true }).click();
  await page.getByRole("link", { name: topic.name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/en/photos/topics/${topic.id}/$`));
  await expect(page.locator("h1")).toHaveText(words.photos_of.replace("{name}", topic.name));
  const narrowed = json(`data/v1/en/photos/topics/${topic.id}/head.json`);
  await expect(page.locator(".wall > li")).toHaveCount(narrowed.count);
  expect(narrowed.count).toBeLessThan(photos.count);
  await page.getByRole("link", { name: words.all_photos }).click();
  await expect(page.locator(".wall > li")).toHaveCount(photos.cards.length);
});

test("with keys a reader goes to a photo and comes back to the link that was followed", async ({ page }) => {
  await open(page, "en/photos/");
  const link = page.locator(".wall a.enlarge").nth(4);
  const href = await link.evaluate((link) => link.href);
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(href);
  await expect(page.locator("dialog[open] h1")).toBeFocused();
  // Below the photo there is its story, and before that the list.
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/en\/stories\/[^/]+\/$/);
  await page.goBack();
  await expect(page.locator(".wall a.enlarge").nth(4)).toBeFocused();
});

test("the page of a film shows those that follow, and not itself", async ({ page }) => {
  const [first, second] = films.cards;
  const own = `en/stories/${first.slug}/videos/${first.part}/`;
  await open(page, own);
  const next = page.locator(".more .card h3 a");
  await expect(next).toHaveCount(films.cards.length - 1);
  await expect(next.first()).toHaveText(second.title);
  await next.first().click();
  await expect(page).toHaveURL(new RegExp(`/videos/${second.part}/$`));
  await expect(page.locator(".more .card h3 a").first()).not.toHaveText(second.title);
});

test("photos of one row are of one height and keep their shape", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await open(page, "en/photos/");
  const tiles = await page.locator(".wall > li").evaluateAll((items) =>
    items.map((item) => {
      const frame = item.querySelector(".frame").getBoundingClientRect();
      const img = item.querySelector("img");
      return { top: Math.round(frame.top), ratio: frame.width / frame.height, own: img.width && img.getAttribute("width") / img.getAttribute("height"), height: frame.height };
    }),
  );
  for (const tile of tiles) {
    expect(Math.abs(tile.ratio / tile.own - 1)).toBeLessThan(0.1);
    const row = tiles.filter(({ top }) => top === tile.top);
    for (const other of row) expect(Math.abs(other.height - tile.height)).toBeLessThan(2);
  }
});

for (const path of ["en/photos/", `en/photos/topics/${topic.id}/`, "en/videos/", "ar/photos/", "ar/videos/"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing on /${path}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width: 390, height: 800 });
      await open(page, path);
      for (const summary of await page.locator(".filters summary").all()) await summary.click();
      expect(await findings(page)).toEqual([]);
    });
  }
}

for (const width of [390, 1280]) {
  for (const path of ["en/photos/", "en/videos/", `en/stories/${films.cards[0].slug}/videos/${films.cards[0].part}/`]) {
    test(`nothing moves while /${path} loads and starts, ${width} px`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifts.push(entry.value);
        }).observe({ type: "layout-shift", buffered: true });
      });
      site.fault(/^media\//, { delay: 300 });
      await page.goto(path);
      await started(page);
      await page.waitForTimeout(700);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the front leads to the photos, a topic narrows them, a photo opens", async ({ page }) => {
    await page.goto("en/");
    await page.locator('.nav a[href$="photos/"]').click();
    await expect(page.locator(".wall > li")).toHaveCount(photos.cards.length);
    await page.getByText(words.topics, { exact: true }).click();
    await page.getByRole("link", { name: topic.name, exact: true }).click();
    await page.locator(".wall a.enlarge").first().click();
    await expect(page.locator(".viewer-figure img")).toBeVisible();
  });

  test("the page of a film leads to all films", async ({ page }) => {
    await page.goto(`en/stories/${films.cards[0].slug}/videos/${films.cards[0].part}/`);
    await page.getByRole("link", { name: words.all_videos }).click();
    await expect(page.locator(".card")).toHaveCount(films.cards.length);
  });
});
