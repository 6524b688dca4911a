// What a reader does and must see when a story's file is not as it should be.
import { json, kinds, squeezed, words } from "./dist.mjs";
import { FILE, PARSER_TEXT, SLUG } from "./data-faults.mjs";
import { expect, open } from "./fixtures.mjs";

export const HEADLINE = squeezed([json(FILE).headline].flat().map((span) => span.text ?? span).join(""));
export const shown = (page) => page.locator("article.story h1");

/** Follows the link to the story that stands in the page: a click the app handles. */
export async function follow(page) {
  // Without hovering, which would fetch ahead.
  await page.evaluate((slug) => document.querySelector(`a[href*="${slug}"]`).click(), SLUG);
}

/** Goes to the story from the front page. */
export async function visit(page) {
  await open(page, kinds.front);
  await follow(page);
}

export async function retryWorks(page, site) {
  site.heal();
  await page.locator(".failure button.retry").click();
  await expect(shown(page)).toHaveText(HEADLINE);
  await expect(page.locator(".failure")).toHaveCount(0);
}

/** One heading with the focus on it, words for people, and nothing that goes on for ever. */
export async function settled(page) {
  await expect(page.locator("main h1")).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe("h1");
  const status = await page.locator("#status").textContent();
  expect(status).not.toBe(words.loading);
  return `${status} ${await page.locator("main").innerText()}`;
}

/** The page that a row of `storyFaults` asks for stands there. */
export async function expectView(page, fault) {
  if (fault.shows === "story") {
    await expect(shown(page)).toHaveText(HEADLINE);
    await expect(page.locator("article.story .body p").first()).toBeVisible();
    if (fault.sentence) await expect(page.locator("main")).toContainText(fault.sentence);
    await settled(page);
    return;
  }
  if (fault.shows === "missing") {
    await expect(page.locator("main h1")).toHaveText(words.not_found_heading);
    await expect(page.locator("main")).toContainText(words.not_found_text);
    await expect(page.locator("main form")).toBeVisible();
  } else {
    await expect(page.locator(".failure")).toContainText(fault.sentence);
  }
  expect(await settled(page)).not.toMatch(PARSER_TEXT);
}
