// The data does not come as it should: each fault has its own sentence and a way
// to try again, and never a blank page.
import { expect, open, test } from "./fixtures.mjs";
import { json, kinds, words } from "./dist.mjs";
import { FILE, HEAD, PARSER_TEXT, SLUG, anyFile, storyFaults } from "./data-faults.mjs";
import { expectView, retryWorks, settled, visit } from "./fault-views.mjs";

for (const [name, fault] of Object.entries(storyFaults)) {
  test(`of a story's file, ${name}: its reader sees the ${fault.shows}`, async ({ page, site, expectConsole }) => {
    expectConsole(...(fault.console ?? []));
    if (fault.wait) await page.clock.install();
    site.fault(FILE, fault.fault);
    await visit(page);
    if (fault.wait) await page.clock.runFor(fault.wait);
    await expectView(page, fault);
    if (fault.shows === "failure") await retryWorks(page, site);
  });
}

for (const [name, fault] of Object.entries(anyFile)) {
  test(`of the front's file, ${name}: its reader is told so and can try again`, async ({
    page,
    site,
    expectConsole,
  }) => {
    expectConsole(...(fault.console ?? []));
    await open(page, kinds.story);
    if (fault.wait) await page.clock.install();
    site.fault(HEAD, fault.fault);
    await page.evaluate(() => document.querySelector("header.masthead a").click());
    if (fault.wait) await page.clock.runFor(fault.wait);
    await expect(page.locator(".failure")).toContainText(fault.sentence);
    expect(await settled(page)).not.toMatch(PARSER_TEXT);
    site.heal();
    await page.locator(".failure button.retry").click();
    await expect(page.locator("article.card").first()).toBeVisible();
  });
}

test("offline the reader is told so, and online again the same button works", async ({
  page,
  site,
  context,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED/);
  await open(page, kinds.front);
  await context.setOffline(true);
  await page.evaluate((slug) => document.querySelector(`a[href*="${slug}"]`).click(), SLUG);
  await expect(page.locator(".failure")).toContainText(words.failed_offline);
  await context.setOffline(false);
  await retryWorks(page, site);
});

test("an unknown and a broken block leave their neighbours and a note each", async ({ page, site }) => {
  const article = json(FILE);
  const paragraphs = article.body.filter(({ type }) => type === "paragraph");
  article.body = [paragraphs[0], { type: "hologram", depth: 3 }, { type: "list" }, paragraphs[1]];
  site.fault(FILE, { body: JSON.stringify(article) });
  await visit(page);
  const body = page.locator("article.story .body");
  await expect(body).toContainText(words.block_unknown);
  await expect(body).toContainText(words.block_broken);
  await expect(body.locator("p").first()).toBeVisible();
});

test("a link to javascript: in a story is text, not a link", async ({ page, site }) => {
  const article = json(FILE);
  article.body = [
    {
      type: "paragraph",
      content: ["Here is ", { text: "a trap", href: "java\nscript:alert(1)" }, " and ", { text: "a road", href: "https://example.org/" }, "."],
    },
  ];
  site.fault(FILE, { body: JSON.stringify(article) });
  await visit(page);
  await expect(page.locator("article.story .body")).toContainText("a trap");
  await expect(page.locator("article.story .body a", { hasText: "a trap" })).toHaveCount(0);
  await expect(page.locator("article.story .body a", { hasText: "a road" })).toHaveCount(1);
});

test("a story of twenty thousand blocks is shown", async ({ page, site }) => {
  const story = json(FILE);
  const paragraphs = story.body.filter(({ type }) => type === "paragraph");
  story.body = Array.from({ length: 20_000 }, (_, n) => paragraphs[n % paragraphs.length]);
  site.fault(FILE, { body: JSON.stringify(story) });
  await open(page, kinds.front);
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => {
      window.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
  });
  const began = Date.now();
  await page.evaluate((slug) => document.querySelector(`a[href*="${slug}"]`).click(), SLUG);
  await expect(page.locator("article.story .body p")).toHaveCount(20_000, { timeout: 20_000 });
  const longest = await page.evaluate(() => new Promise((done) => setTimeout(() => done(Math.max(0, ...window.tasks)), 500)));
  test.info().annotations.push({ type: "measured", description: `${Date.now() - began} ms, longest task ${longest} ms` });
});
