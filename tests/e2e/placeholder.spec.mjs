// A picture that takes its time: its place has its colour, and keeps its shape.
import { expect, started, test } from "./fixtures.mjs";
import { json } from "./dist.mjs";

const SLUG = "the-tide-keepers-of-corrin";
const STORY = `en/stories/${SLUG}/`;
const colour = json(`articles/en/${SLUG}.json`).leadMedia.image.placeholder;
const rgb = `rgb(${[1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).join(", ")})`;

/** The colour behind the lead picture, its place and that of the picture. */
const look = (page) =>
  page.locator(".lead-media .frame").evaluate((frame) => {
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round);
    const behind = frame.querySelector("svg");
    return {
      colour: getComputedStyle(behind).backgroundColor,
      behind: place(behind.getBoundingClientRect()),
      picture: place(frame.querySelector("img").getBoundingClientRect()),
    };
  });

for (const colorScheme of ["light", "dark"]) {
  test(`a picture that hangs has its colour before and after the app starts, ${colorScheme}`, async ({ page, site }, info) => {
    await page.emulateMedia({ colorScheme });
    site.fault(/^media\/.*harbour-dawn/, { hang: true });
    const release = site.hold(/\.wasm$/);
    await page.goto(STORY, { waitUntil: "commit" });
    await page.locator(".lead-media .frame svg").waitFor();
    const before = await look(page);
    expect(before.colour).toBe(rgb);
    expect(before.behind).toEqual(before.picture);
    expect(before.picture[3]).toBeGreaterThan(100);
    await info.attach(colorScheme, { body: await page.screenshot(), contentType: "image/png" });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/hanging-${colorScheme}.png` });
    release();
    site.heal();
  });
}

test("once the picture is there it covers its colour, and nothing has moved", async ({ page }) => {
  await page.goto(STORY);
  await started(page);
  const after = await look(page);
  expect(after.behind).toEqual(after.picture);
  const isOnTop = await page.locator(".lead-media img").evaluate((img) => {
    const { x, y, width, height } = img.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 40)) === img && img.naturalWidth > 0;
  });
  expect(isOnTop).toBe(true);
});
