// The page that started the project, moved from its bare text: every sentence of
// it stands in its proper element, in a real browser, with and without scripts.
import { expect, open, test } from "./fixtures.mjs";
import { words } from "./dist.mjs";
import { LANGUAGE, SEED_DIST, SLUG, build, linesIn, linesOf, oneSpace, parse, seedText } from "./seed.mjs";

const text = seedText();
const STORY = `${LANGUAGE}/stories/${SLUG}/`;

test.use({ serverOptions: { root: SEED_DIST } });
test.skip(text === undefined, "the old page's text is not beside this checkout (DATELINE_SEED names its folder)");

/** @type {ReturnType<typeof parse>} */
let old;

test.beforeAll(() => {
  test.setTimeout(300_000);
  old = parse(text);
  build(old);
});

const texts = async (locator) => (await locator.allTextContents()).map((one) => oneSpace(one).trim());
const ofKind = (kind) => old.blocks.filter((block) => block.kind === kind);

/** Everything the old page said, where it must stand now. */
async function standsInItsElements(page) {
  const main = page.locator("main");
  await expect(page.locator("section.notice p")).toHaveText(old.notice.join(" "));
  expect(await texts(page.locator("h1"))).toEqual([old.headline]);
  expect(await texts(main.locator("header .standfirst"))).toEqual([old.standfirst]);
  expect(await texts(main.locator("header .byline"))).toEqual([old.byline]);

  const paragraphs = ofKind("paragraph").map(({ text: said }) => said);
  paragraphs[0] = `${old.dateline} ${paragraphs[0]}`;
  const body = main.locator("article.story > .body");
  expect(await texts(body.locator("> p"))).toEqual(paragraphs.map(oneSpace));
  expect(await texts(body.locator("> p:first-of-type .dateline"))).toEqual([old.dateline]);
  expect(await texts(body.locator("> h2"))).toEqual(ofKind("heading").map(({ text: said }) => said));

  const photos = body.locator("> figure:has(img)");
  expect(await texts(photos.locator("figcaption .caption"))).toEqual(ofKind("photo").map(({ caption }) => oneSpace(caption)));
  expect(await texts(photos.locator("figcaption .credit"))).toEqual(ofKind("photo").map(({ credit }) => credit));

  const [film] = ofKind("film");
  const block = body.locator("> figure.video");
  await expect(block.locator("figcaption .caption")).toHaveText(film.caption);
  await expect(block.locator(".legacy")).toContainText(film.player);
  await expect(block.locator(".legacy")).toContainText(words.legacy_made_for.replace("{format}", "RealPlayer"));
  await expect(block.locator("video, audio, [href^='rtsp'], [href^='pnm']")).toHaveCount(0);

  // In the order they were read in.
  const order = await body.locator("> *").evaluateAll((nodes) =>
    nodes.map((node) => (node.localName === "figure" ? (node.querySelector(".legacy") ? "film" : "photo") : node.localName)),
  );
  const elements = { paragraph: "p", heading: "h2", photo: "photo", film: "film" };
  expect(order).toEqual(old.blocks.map(({ kind }) => elements[kind]));
}

test("no line of the old page is lost on the way into the article", () => {
  expect(ofKind("photo")).toHaveLength(2);
  expect(ofKind("film")).toHaveLength(1);
  expect(ofKind("heading").length).toBeGreaterThan(2);
  expect(linesOf(old).map(oneSpace).sort()).toEqual(linesIn(text).sort());
});

test("every sentence of the old page stands in its proper element", async ({ page }) => {
  await open(page, STORY);
  await standsInItsElements(page);
});

test("without scripts every sentence of the old page stands there too", async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: site.url() });
  try {
    const page = await context.newPage();
    await page.goto(STORY);
    await standsInItsElements(page);
  } finally {
    await context.close();
  }
});

test("the old page's campaign link is on the front and leads to its story", async ({ page }) => {
  await open(page, `${LANGUAGE}/`);
  const link = page.locator("main").getByRole("link", { name: old.campaign });
  await expect(link).toBeVisible();
  await link.click();
  await expect(page.locator("main h1")).toHaveText(old.headline);
});

test("the old page's way to search leads to a search that finds the story", async ({ page }) => {
  await open(page, STORY);
  await page.getByRole("navigation").getByRole("link", { name: old.search, exact: true }).click();
  await expect(page.locator("main h1")).toHaveText(words.search_heading);
  const word = old.headline.split(" ").sort((one, other) => other.length - one.length)[0];
  await page.locator("main input[type=search]").fill(word);
  await page.keyboard.press("Enter");
  await expect(page.locator("main article.card")).toHaveCount(1);
  await page.locator("main article.card a").first().click();
  await expect(page.locator("main h1")).toHaveText(old.headline);
});

test("the film of the old page has a page of its own with its caption and the way back", async ({ page }) => {
  await open(page, `${STORY}videos/film/`);
  const [film] = ofKind("film");
  await expect(page.locator("main figcaption .caption")).toHaveText(film.caption);
  await page.getByRole("link", { name: words.back_to_story }).click();
  await expect(page.locator("main h1")).toHaveText(old.headline);
  await expect(page.locator("#video-film")).toBeInViewport();
});
