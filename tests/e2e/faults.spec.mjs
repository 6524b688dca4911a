// The data does not come as it should: each fault has its own sentence and a way
// to try again, and never a blank page.
import { expect, open, test } from "./fixtures.mjs";
import { json, kinds, squeezed, words } from "./dist.mjs";

const SLUG = "beijing-meeting-on-child-rights-2010";
const FILE = `articles/en/${SLUG}.json`;

/** Goes to the story from the front page, by a click the app handles. */
async function visit(page) {
  await open(page, kinds.front);
  await page.evaluate((slug) => {
    // Without hovering, which would fetch ahead.
    const link = document.querySelector(`main a[href*="${slug}"], a[href*="${slug}"]`);
    link.click();
  }, SLUG);
}

async function retryWorks(page, site) {
  site.heal();
  await page.locator(".failure button.retry").click();
  await expect(page.locator("article.story h1")).toHaveText(
    squeezed([json(FILE).headline].flat().map((span) => span.text ?? span).join("")),
  );
  await expect(page.locator(".failure")).toHaveCount(0);
}

const faults = [
  ["the connection is cut", { reset: true }, words.failed_offline, [/ERR_/, /request failed/]],
  ["the server fails", { status: 500 }, words.failed_server.replace("{status}", "500"), [/status of 500/]],
  ["a sign-in page answers", { html: true }, words.failed_not_data, []],
  ["the file is empty", { body: "" }, words.failed_unreadable, []],
  ["the file is no article", { body: "[1, 2, 3]" }, words.failed_unreadable, []],
];

for (const [name, fault, sentence, complaints] of faults) {
  test(`when ${name} the reader is told so and can try again`, async ({ page, site, expectConsole }) => {
    expectConsole(...complaints);
    site.fault(FILE, fault);
    await visit(page);
    await expect(page.locator(".failure")).toContainText(sentence);
    await expect(page.locator("main h1")).toHaveCount(1);
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe("h1");
    await retryWorks(page, site);
  });
}

test("when a story is gone the reader is told and can search", async ({ page, site, expectConsole }) => {
  expectConsole(/status of 404/);
  site.fault(FILE, { status: 404 });
  await visit(page);
  await expect(page.locator("main h1")).toHaveText(words.not_found_heading);
  await expect(page.locator("main")).toContainText(words.not_found_text);
  await expect(page.locator("main form")).toBeVisible();
});

test("when the story's file breaks off, what came is shown with a note", async ({ page, site }) => {
  const whole = JSON.stringify(json(FILE));
  const cut = whole.indexOf('"type"', whole.indexOf('"body"') + 2_000);
  site.fault(FILE, { body: whole.slice(0, cut) });
  await visit(page);
  await expect(page.locator("main")).toContainText(words.story_broke_off);
  await expect(page.locator("article.story .body p").first()).toBeVisible();
});

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

test("after thirty seconds of silence the reader is told so", async ({ page, site, expectConsole }) => {
  test.slow();
  expectConsole(/request failed/);
  await page.clock.install();
  site.fault(FILE, { hang: true });
  await visit(page);
  await page.clock.runFor(31_000);
  await expect(page.locator(".failure")).toContainText(words.failed_timeout);
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
