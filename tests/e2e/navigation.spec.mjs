// Moving inside the app: address, title, focus, announcement, scroll, and what
// happens when the network is slow or the reader changes their mind.
import { expect, open, test } from "./fixtures.mjs";
import { kinds, squeezed, words } from "./dist.mjs";

const cards = (page) => page.locator("article.card h2 a, article.card h3 a");
const focused = (page) => page.evaluate(() => document.activeElement?.localName);
const slugOf = (href) => decodeURIComponent(href).match(/stories\/([^/]+)\//)[1];
const storyFile = (slug) => `articles/en/${slug}.json`;

/** Waits until a navigation's page stands: the h1 has this text. */
async function arrived(page, headline) {
  await expect(page.locator("main h1")).toHaveText(headline);
}

test("with the keyboard from a card to the story and back to the same card", async ({ page }) => {
  await open(page, kinds.front);
  await page.evaluate(() => (window.sameDocument = true));
  const link = cards(page).last();
  const [headline, href] = [squeezed(await link.innerText()), await link.evaluate((node) => node.href)];
  // A few steps before the card, then by Tab as a reader would.
  await link.evaluate((node) => {
    const all = [...document.querySelectorAll("a[href], button")];
    all[all.indexOf(node) - 1].focus();
  });
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.href)).toBe(href);
  await page.waitForTimeout(300);
  const scrolled = await page.evaluate(() => window.scrollY);
  expect(scrolled).toBeGreaterThan(200);

  await page.keyboard.press("Enter");
  await arrived(page, headline);
  await expect(page).toHaveURL(href);
  await expect(page).toHaveTitle(new RegExp(headline.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  await expect.poll(() => focused(page)).toBe("h1");
  await expect(page.locator("#status")).toContainText(headline);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);

  await page.goBack();
  await expect(cards(page).last()).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement.href)).toBe(href);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(scrolled - 50);
  expect(await page.evaluate(() => window.scrollY)).toBeLessThan(scrolled + 50);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test("loading is announced after 400 ms and not before", async ({ page, site }) => {
  await open(page, kinds.front);
  const link = cards(page).first();
  const headline = squeezed(await link.innerText());
  const release = site.hold(storyFile(slugOf(await link.evaluate((node) => node.href))));
  const status = page.locator("#status");
  await link.click();
  await page.waitForTimeout(150);
  expect(await status.textContent()).not.toBe(words.loading);
  await expect(status).toHaveText(words.loading);
  release();
  await arrived(page, headline);
  await expect(status).toContainText(headline);
  await expect.poll(() => focused(page)).toBe("h1");
});

test("a newer click cancels the older one, whose late answer is never shown", async ({ page, site }) => {
  await open(page, kinds.front);
  const [slow, quick] = [cards(page).nth(0), cards(page).nth(1)];
  const slowHref = await slow.evaluate((node) => node.href);
  const headline = squeezed(await quick.innerText());
  const quickHref = await quick.evaluate((node) => node.href);
  const release = site.hold(storyFile(slugOf(slowHref)));
  // Every headline the page ever shows from here on.
  await page.evaluate(() => {
    window.headlines = [];
    const note = () => window.headlines.push(document.querySelector("main h1")?.textContent);
    new MutationObserver(note).observe(document.getElementById("dateline"), { childList: true, subtree: true });
  });
  const cancelled = page.waitForEvent("requestfailed", (request) => request.url().includes("/articles/"));
  // Both within the 400 ms before "loading" replaces the cards.
  await page.evaluate(([first, second]) => {
    const links = [...document.querySelectorAll("article.card a")];
    links.find((link) => link.href === first).click();
    links.find((link) => link.href === second).click();
  }, [slowHref, quickHref]);
  await arrived(page, headline);
  expect((await cancelled).url()).toContain(encodeURI(slugOf(slowHref)));
  release();
  await page.waitForTimeout(500);
  await arrived(page, headline);
  await expect(page).toHaveURL(quickHref);
  const slowHeadline = squeezed(await (await page.request.get(slowHref)).text()).match(/<h1[^>]*>(.*?)<\/h1>/)[1];
  expect(await page.evaluate(() => window.headlines)).not.toContain(slowHeadline);
});

test("a story that the pointer rests on is fetched before the click, and only once", async ({ page, site }) => {
  await open(page, kinds.front);
  const link = cards(page).first();
  const headline = squeezed(await link.innerText());
  const slug = slugOf(await link.evaluate((node) => node.href));
  const asked = () => site.requests.filter(({ path }) => decodeURIComponent(path).endsWith(storyFile(slug))).length;
  expect(asked()).toBe(0);
  await link.hover();
  await expect.poll(asked).toBe(1);
  await link.click();
  await arrived(page, headline);
  expect(asked()).toBe(1);
});

test("under data saver nothing is fetched ahead", async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
  await open(page, kinds.front);
  await cards(page).first().hover();
  await page.waitForTimeout(600);
  expect(site.requests.filter(({ path }) => path.includes("/articles/"))).toEqual([]);
});

test("the skip link leads to the main content", async ({ page }) => {
  await open(page, kinds.front);
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.closest("main") !== null)).toBe(true);
});

test("a dismissed notice stays away, on the next page and after a reload", async ({ page }) => {
  await open(page, kinds.front);
  await page.locator(".notice button").click();
  await expect(page.locator(".notice")).toBeHidden();
  await cards(page).first().click();
  await expect(page.locator("article.story")).toBeVisible();
  await expect(page.locator(".notice")).toBeHidden();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-boot", "ok");
  await expect(page.locator(".notice")).toBeHidden();
});

test("from a story to its photo and back to the photo's place in the story", async ({ page }) => {
  await open(page, kinds.photo.replace(/photos\/.*/, ""));
  const photo = page.locator(`main a[href$="/${kinds.photo.match(/photos\/[^/]+\//)[0]}"]`).first();
  await photo.click();
  await expect(page).toHaveURL(new RegExp(`${kinds.photo}$`));
  await expect.poll(() => focused(page)).toBe("h1");
  await page.goBack();
  await expect(page.locator("article.story")).toBeVisible();
  await expect.poll(() => photo.evaluate((node) => node === document.activeElement)).toBe(true);
  await expect(photo).toBeInViewport();
});

test("a link to another language changes the page's language and direction", async ({ page }) => {
  await open(page, kinds.front);
  await page.locator('a[hreflang="ar"], a[lang="ar"]').first().click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.goBack();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
});
