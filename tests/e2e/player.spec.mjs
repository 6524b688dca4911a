// Films and sounds under the player's own controls: with a pointer, with keys, without a
// file, and in the words a screen reader says.
import { findings } from "./axe.mjs";
import { expect, open, test } from "./fixtures.mjs";
import { words } from "./dist.mjs";

const FILM = "en/stories/fold-a-paper-boat-that-floats/videos/paper-boats-film/";
const OF_THE_FILM = /^media\/paper-boats-film\/.*\.(mp4|webm)$/;

const stage = (page) => page.locator(".stage").first();
const button = (page, name) => stage(page).getByRole("button", { name, exact: true });
/** What the element itself says. */
const film = (page, name) => page.evaluate((name) => document.querySelector("video")[name], name);

/** Plays until there is a picture to see. */
async function play(page) {
  await page.locator(".large-play").click();
  await expect.poll(() => film(page, "currentTime"), { timeout: 15_000 }).toBeGreaterThan(0.2);
}

test("before a film plays its button says how long and how large it is, and nothing of it is loaded", async ({
  page,
  site,
}) => {
  const before = site.requests.length;
  await open(page, FILM);
  await expect(page.locator(".large-play")).toHaveText(/^Play 0:16 · \d+(\.\d)? (MB|KB)$/);
  await expect(page.locator("video")).not.toHaveAttribute("controls");
  const asked = site.requests.slice(before).map(({ path }) => path.replace(/^\//, ""));
  expect(asked.filter((path) => OF_THE_FILM.test(path))).toEqual([]);
});

test("a film plays, its time goes on, and the focus moves to the small button", async ({ page }) => {
  await open(page, FILM);
  await page.locator(".large-play").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => film(page, "currentTime"), { timeout: 15_000 }).toBeGreaterThan(1);
  await expect(button(page, words.player_pause)).toBeFocused();
  await expect(stage(page).locator(".time")).toHaveText(/^0:0[1-9] \/ 0:16$/);
  const slider = stage(page).getByRole("slider", { name: words.player_seek });
  await expect(slider).toHaveAttribute("aria-valuetext", /^\d+ seconds? of 16 seconds$/);
  await button(page, words.player_pause).click();
  expect(await film(page, "paused")).toBe(true);
});

test("the keys of players work while the player has the focus, and only then", async ({ page }) => {
  await open(page, FILM);
  await page.keyboard.press("k");
  expect(await film(page, "paused")).toBe(true);
  await play(page);
  await page.keyboard.press("k");
  await expect.poll(() => film(page, "paused")).toBe(true);
  await page.keyboard.press("5");
  await expect.poll(() => film(page, "currentTime")).toBeCloseTo(8, 0);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => film(page, "currentTime")).toBeCloseTo(13, 0);
  await page.keyboard.press("j");
  await expect.poll(() => film(page, "currentTime")).toBeCloseTo(3, 0);
  await page.keyboard.press("m");
  await expect.poll(() => film(page, "muted")).toBe(true);
  await expect(button(page, words.player_unmute)).toBeVisible();
  await page.keyboard.press("m");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => film(page, "volume")).toBeCloseTo(0.9, 1);
  await page.keyboard.press(">");
  await expect.poll(() => film(page, "playbackRate")).toBe(1.25);
  await page.keyboard.press("<");
  await page.keyboard.press("<");
  await expect.poll(() => film(page, "playbackRate")).toBe(0.75);
});

test("captions are drawn in their own language and direction, and the choice is remembered", async ({ page }) => {
  await open(page, FILM);
  await play(page);
  const cues = stage(page).locator(".cues");
  await expect(cues).toHaveAttribute("lang", "en");
  await expect(cues.locator("p").first()).not.toBeEmpty();
  await button(page, words.player_settings).click();
  await stage(page).getByRole("button", { name: "العربية" }).click();
  await expect(cues).toHaveAttribute("lang", "ar");
  await expect(cues).toHaveAttribute("dir", "rtl");
  await expect(cues).toHaveText(/[\u0600-\u06ff]/, { timeout: 15_000 });
  await open(page, FILM);
  await play(page);
  await expect(cues).toHaveAttribute("lang", "ar");
  await page.keyboard.press("c");
  await expect(cues).toBeEmpty();
});

test("chapters, speed and quality are chosen in the panel, and Escape closes it", async ({ page }) => {
  await open(page, FILM);
  await play(page);
  await page.keyboard.press("k");
  const settings = button(page, words.player_settings);
  await settings.click();
  await expect(settings).toHaveAttribute("aria-expanded", "true");
  const panel = stage(page).locator(".choices");
  const chapters = panel.getByRole("group", { name: words.player_chapters });
  await chapters.getByRole("button").nth(1).click();
  await expect.poll(() => film(page, "currentTime")).toBeGreaterThan(5.5);
  await panel.getByRole("button", { name: "1.5×" }).click();
  await expect.poll(() => film(page, "playbackRate")).toBe(1.5);
  await expect(panel.getByRole("button", { name: "1.5×" })).toHaveAttribute("aria-pressed", "true");
  const qualities = panel.getByRole("group", { name: words.player_quality }).getByRole("button");
  expect(await qualities.count()).toBeGreaterThan(1);
  const address = await film(page, "currentSrc");
  await qualities.last().click();
  await expect.poll(() => film(page, "currentSrc")).not.toBe(address);
  await expect.poll(() => film(page, "currentTime"), { timeout: 15_000 }).toBeGreaterThan(5.5);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(settings).toBeFocused();
});

test("where a reader was in a film is remembered", async ({ page }) => {
  await open(page, FILM);
  await play(page);
  await page.keyboard.press("6");
  await expect.poll(() => film(page, "currentTime")).toBeGreaterThan(9);
  await page.keyboard.press("k");
  await expect.poll(() => film(page, "paused")).toBe(true);
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("dateline:at:")));
  await expect.poll(kept).toHaveLength(1);
  await open(page, FILM);
  await page.locator(".large-play").click();
  await expect.poll(() => film(page, "currentTime"), { timeout: 15_000 }).toBeGreaterThan(9);
});

const ENDS = [
  ["is gone", { status: 404 }, "film_gone"],
  ["is not handed out", { status: 403 }, "film_blocked"],
  ["is no film", { body: "nothing that plays" }, "film_unsupported"],
  ["does not come", { reset: true }, "film_offline"],
];
for (const [name, fault, word] of ENDS) {
  test(`a file that ${name} is told in a sentence, with the transcript and a link`, async ({
    page,
    site,
    expectConsole,
  }) => {
    expectConsole(/Failed to load resource/, /ERR_/, /request failed/);
    site.fault(OF_THE_FILM, fault);
    await open(page, FILM);
    await page.locator(".large-play").click();
    const trouble = stage(page).getByRole("status");
    await expect(trouble).toContainText(words[word], { timeout: 20_000 });
    await expect(trouble.getByRole("link", { name: words.download_file })).toHaveAttribute("href", /paper-boats-film/);
    await expect(page.locator("details.transcript")).toHaveAttribute("open", "");
  });
}

for (const scheme of ["light", "dark"]) {
  test(`the player has no barrier: before it plays, with its panel open, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await open(page, FILM);
    const check = async (when) => expect(await findings(page, ".stage"), when).toEqual([]);
    await check("before");
    await play(page);
    await page.keyboard.press("k");
    await check("playing");
    await button(page, words.player_settings).click();
    await check("open");
  });
}

test("nothing moves when the controls come and the film begins", async ({ page }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await open(page, FILM);
  await play(page);
  expect(await page.evaluate(() => window.shift)).toBe(0);
});

test("without script the browser's own controls are there, and nothing of ours", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url() });
  const page = await context.newPage();
  await page.goto(FILM);
  await expect(page.locator("video")).toHaveAttribute("controls", "");
  await expect(page.locator(".stage button")).toHaveCount(0);
  await context.close();
});
