// The same dist/ under whatever path it lies, as on project pages.
import { expect, open, test } from "./fixtures.mjs";
import { kinds, squeezed } from "./dist.mjs";

for (const [name, path] of Object.entries(kinds)) {
  test(`the ${name} page starts and asks for nothing outside its path`, async ({ page, site }) => {
    await open(page, path);
    await expect(page.locator("html")).toHaveAttribute("data-base", site.mount);
    const outside = site.requests.filter(({ path: asked }) => !asked.startsWith(site.mount) && asked !== "/favicon.ico");
    expect(outside).toEqual([]);
  });
}

test("the app navigates below its path, and Back and reload work", async ({ page, site }) => {
  await open(page, kinds.front);
  await page.evaluate(() => (window.sameDocument = true));
  const link = page.locator("article.card h2 a, article.card h3 a").first();
  const headline = squeezed(await link.innerText());
  await link.click();
  await expect(page.locator("main h1")).toHaveText(headline);
  const { pathname } = new URL(page.url());
  expect(pathname.startsWith(`${site.mount}en/stories/`), pathname).toBe(true);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
  await page.reload();
  await expect(page.locator("main h1")).toHaveText(headline);
  await page.goBack();
  await expect(page.locator("article.card").first()).toBeVisible();
});

test("an unknown address answers 404 and can be read", async ({ page, expectConsole }) => {
  // The one page that is served at every depth cannot find its files by relative
  // addresses: it is styled where site.json's baseUrl names the path.
  expectConsole(/status of 404/, /MIME type/, /request failed/);
  const response = await page.goto("en/no/such/page/");
  expect(response.status()).toBe(404);
  await expect(page.locator("main h1")).toBeVisible();
});
