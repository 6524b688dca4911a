// The way through the viewer in engines that Playwright does not drive here: with what
// is in the page alone, so that two drivers can share it.
import assert from "node:assert/strict";
import { pages } from "./dist.mjs";

/** A story with several photos in each direction of writing. */
export const stories = ["en", "ar"].map((lang) =>
  pages.find(
    (path) =>
      path.startsWith(`${lang}/stories/`) &&
      path.split("/").length === 4 &&
      pages.filter((other) => other.startsWith(`${path}photos/`)).length > 1,
  ),
);

/** From the story's first photo to the next and back to the story, at that picture. */
export async function walk({ evaluate, waitFor }) {
  await evaluate(() => {
    window.sameDocument = true;
    document.querySelector("main a[href*='/photos/']").click();
  });
  await waitFor("the viewer", () => document.querySelector("dialog[open]:modal") !== null);
  await waitFor("the focus", () => document.activeElement === document.querySelector("dialog h1"));
  const shown = (place) => {
    const slides = [...document.querySelectorAll(".track > li")];
    const box = slides[place].getBoundingClientRect();
    return !slides[place].inert && slides.filter((slide) => !slide.inert).length === 1 && Math.abs(box.left - document.querySelector(".track").getBoundingClientRect().left) < 1;
  };
  await waitFor("the first photo", shown, 0);
  const isShaped = () => {
    const { width, height } = document.querySelector("li:not([inert]) .frame").getBoundingClientRect();
    const picture = document.querySelector("li:not([inert]) img");
    return Math.abs(width / height - picture.getAttribute("width") / picture.getAttribute("height")) < 0.02 && height > 100;
  };
  await waitFor("the shape of the picture", isShaped);
  await evaluate(() => {
    const key = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
  await waitFor("the second photo", shown, 1);
  // As a finger moves it, and the engine snaps; the place is found again by itself.
  await evaluate(() => document.querySelector(".track").firstChild.scrollIntoView({ inline: "start", block: "nearest" }));
  await waitFor("the first photo again", shown, 0);
  await evaluate(() => document.querySelector("dialog [name=next]").click());
  await waitFor("the second photo again", shown, 1);
  await waitFor("its picture", () => document.querySelector("li:not([inert]) img").naturalWidth > 0);
  const wide = () => document.querySelector("li:not([inert]) .frame").getBoundingClientRect().width;
  const fit = await evaluate(wide);
  await evaluate(() => document.querySelector("dialog [name=zoom]").click());
  assert.ok(Math.abs((await evaluate(wide)) - 2 * fit) < 2, "twice as large");
  const address = await evaluate(() => location.pathname);
  await evaluate(() => document.querySelector("dialog [name=close]").click());
  await waitFor("the story", () => document.querySelector("dialog") === null && /stories\/[^/]+\/$/.test(location.pathname));
  await waitFor("the focus on the picture", (path) => document.activeElement.pathname === path, address);
  assert.equal(await evaluate(() => window.sameDocument), true);
}
