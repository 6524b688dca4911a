// Readers without scripts, and everything that reads pages without running them.
import { expect, test } from "./fixtures.mjs";
import { json, kinds, pages, paragraphs, squeezed } from "./dist.mjs";

test.use({ javaScriptEnabled: false });

const stories = pages.filter((path) => /^en\/stories\/[^/]+\/$/.test(path));

for (const path of stories) {
  test(`without scripts every paragraph of /${path} can be read`, async ({ page }) => {
    await page.goto(path);
    const shown = squeezed(await page.locator("main").innerText());
    const slug = path.split("/")[2];
    for (const text of paragraphs(json(`articles/en/${slug}.json`))) expect(shown).toContain(squeezed(text));
  });
}

test("without scripts a card leads to its story and the story leads back", async ({ page }) => {
  await page.goto(kinds.front);
  const link = page.locator("article.card h2 a, article.card h3 a").first();
  const headline = squeezed(await link.innerText());
  await link.click();
  await expect(page.locator("main h1")).toHaveText(headline);
  await page.locator("header.masthead a").first().click();
  await expect(page.locator("article.card").first()).toBeVisible();
});

test("without scripts an unknown address answers 404 with a way on", async ({ page, expectConsole, mountedAt }) => {
  // The one page of every depth names its files from the root that site.json tells.
  test.skip(mountedAt !== "/", "its addresses are those of baseUrl");
  expectConsole(/status of 404/);
  const response = await page.goto("en/no/such/page/");
  expect(response.status()).toBe(404);
  await expect(page.locator("main h1")).toBeVisible();
  const front = page.locator("main a").first();
  expect((await page.request.get(await front.evaluate((link) => link.href))).status()).toBe(200);
});

test("without scripts every link inside the site leads somewhere", async ({ page, request }) => {
  const seen = new Set();
  for (const path of Object.values(kinds)) {
    await page.goto(path);
    for (const href of await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.href))) {
      const url = href.split("#")[0];
      if (url.startsWith(new URL(page.url()).origin)) seen.add(url);
    }
  }
  expect(seen.size).toBeGreaterThan(10);
  const broken = [];
  for (const url of seen) {
    const status = (await request.get(url)).status();
    if (status !== 200) broken.push(`${status} ${url}`);
  }
  expect(broken).toEqual([]);
});

test("the note about a failed start is not shown where nothing was started", async ({ page }) => {
  await page.goto(kinds.story);
  await expect(page.locator("#boot-note")).toBeHidden();
});
