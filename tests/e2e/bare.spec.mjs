// A page that is no snapshot, as in development: the app renders it from nothing.
import { expect, open, test } from "./fixtures.mjs";
import { json, kinds, squeezed, words } from "./dist.mjs";

const assets = json("assets/assets.json");
const bare = (depth) => `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bare</title>
<link rel="stylesheet" href="${"../".repeat(depth)}${assets.style.href}">
<link rel="icon" href="${"../".repeat(depth)}icons/icon.svg" type="image/svg+xml">
<script type="module" src="${"../".repeat(depth)}${assets.boot.href}"></script>
</head>
<body><div id="dateline"></div><p id="boot-note" hidden>It did not start.</p></body>
</html>`;

test.use({
  serverOptions: {
    overlay: { [`${kinds.front}index.html`]: bare(1), [`${kinds.story}index.html`]: bare(3) },
  },
});

test("a front without a snapshot is rendered, and its links work", async ({ page }) => {
  await open(page, kinds.front);
  const link = page.locator("article.card h2 a, article.card h3 a").first();
  const headline = squeezed(await link.innerText());
  await link.click();
  await expect(page.locator("main h1")).toHaveText(headline);
});

test("a story without a snapshot is rendered from its address", async ({ page }) => {
  await open(page, kinds.story);
  await expect(page.locator("article.story .body p").first()).toBeVisible();
  await expect(page).not.toHaveTitle("Bare");
});

test("where the story is gone too, the app says so", async ({ page, site, expectConsole }) => {
  expectConsole(/status of 404/);
  site.fault(/^articles\//, { status: 404 });
  await open(page, kinds.story);
  await expect(page.locator("main h1")).toHaveText(words.not_found_heading);
});
