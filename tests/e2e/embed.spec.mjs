// Things that live on other sites: nothing of them is loaded before a reader asks, and
// then exactly one frame. No test reaches another site: what is asked of one is noted
// and answered here.
import { findings } from "./axe.mjs";
import { expect, open, test } from "./fixtures.mjs";
import { json } from "./dist.mjs";

const STORY = "en/stories/how-a-kite-stays-up/";
const FRAME = "https://www.youtube-nocookie.com/embed/dateline-00?rel=0";
const MAP = "https://www.openstreetmap.org/export/embed.html?bbox=119.05,36.66,119.19,36.76";

const film = (page) => page.locator("figure.embed", { hasText: "A kite climbs" });
const button = (page) => film(page).getByRole("button", { name: /from YouTube/ });

/** Answers for every other site, and gives the list of what was asked of them. */
async function elsewhere(page, baseURL) {
  const asked = [];
  const own = new URL(baseURL).origin;
  await page.context().route(
    (url) => url.origin !== own,
    (route) => {
      const request = route.request();
      asked.push({ url: request.url(), referrer: request.headers().referer });
      return route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title><p>A player." });
    },
  );
  return asked;
}

test("nothing is asked of another site before a reader asks, and then one frame with the id of the story", async ({
  page,
  baseURL,
}) => {
  const asked = await elsewhere(page, baseURL);
  await open(page, STORY);
  await button(page).scrollIntoViewIfNeeded();
  await button(page).hover();
  await button(page).focus();
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  await page.keyboard.press("Enter");
  const frame = film(page).locator("iframe");
  await expect(frame).toBeFocused();
  await expect(frame).toHaveAttribute("src", FRAME);
  await expect(frame).toHaveAttribute("sandbox", "allow-scripts allow-same-origin");
  await expect(frame).toHaveAttribute("allow", "fullscreen; encrypted-media; picture-in-picture");
  await expect(frame).toHaveAttribute("title", "A kite climbs through the wind gradient");
  await expect.poll(() => asked.length).toBe(1);
  // The player learns the site, because it plays for nobody else, and not the story.
  expect(asked).toEqual([{ url: FRAME, referrer: `${new URL(baseURL).origin}/` }]);
  await expect(frame.contentFrame().getByText("A player.")).toBeVisible();
  await expect(button(page)).toHaveCount(0);
  await expect(film(page).getByRole("link", { name: /www\.youtube\.com/ })).toBeVisible();
});

test("a frame may fill the screen and play protected films, and has no camera, place or window", async ({
  page,
  baseURL,
}) => {
  await elsewhere(page, baseURL);
  await open(page, STORY);
  await button(page).click();
  const frame = film(page).locator("iframe");
  await expect(frame).toBeVisible();
  const allowed = await frame.evaluate((element) =>
    Object.fromEntries(
      ["fullscreen", "encrypted-media", "picture-in-picture", "camera", "geolocation", "autoplay"].map((feature) => [
        feature,
        (document.featurePolicy?.allowsFeature(feature, new URL(element.src).origin)) ?? null,
      ]),
    ),
  );
  for (const feature of ["fullscreen", "encrypted-media", "picture-in-picture"]) {
    expect(allowed[feature], feature).not.toBe(false);
  }
  for (const feature of ["camera", "geolocation"]) expect(allowed[feature], feature).not.toBe(true);
});

test("a map is rebuilt from its numbers, and what else its address said is left out", async ({ page, baseURL }) => {
  const asked = await elsewhere(page, baseURL);
  await open(page, STORY);
  await page.getByRole("button", { name: /from OpenStreetMap/ }).click();
  await expect.poll(() => asked.map(({ url }) => url)).toEqual([MAP]);
});

test("the policy allows the frames that the stories use, and no others", async ({ page, baseURL, expectConsole }) => {
  expectConsole(/frame-src|Content Security Policy/);
  const asked = await elsewhere(page, baseURL);
  const answer = await open(page, STORY);
  const policy = answer.headers()["content-security-policy"];
  expect(/frame-src ([^;]*)/.exec(policy)[1].split(" ").sort()).toEqual(json("assets/assets.json").frames);
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.src = "https://player.vimeo.com/video/1?dnt=1";
    document.body.append(frame);
  });
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
});

test("who saves data gets the link alone", async ({ page, baseURL }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await elsewhere(page, baseURL);
  await open(page, STORY);
  await expect(film(page).getByRole("link", { name: /www\.youtube\.com/ })).toBeVisible();
  await expect(button(page)).toHaveCount(0);
});

test("without script there is the link, and no button that does nothing", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url() });
  const page = await context.newPage();
  await page.goto(STORY);
  await expect(film(page).getByRole("link", { name: /www\.youtube\.com/ })).toBeVisible();
  await expect(film(page).locator("button")).toBeHidden();
  await context.close();
});

test("nothing moves when the app brings the buttons", async ({ page }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(STORY);
  await film(page).scrollIntoViewIfNeeded();
  await expect(button(page)).toBeVisible();
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => window.shift)).toBe(0);
});

for (const scheme of ["light", "dark"]) {
  test(`an embed has no barrier, before and after it is shown, ${scheme}`, async ({ page, baseURL }) => {
    await elsewhere(page, baseURL);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await open(page, STORY);
    await expect(button(page)).toBeVisible();
    expect(await findings(page, ".embed"), "before").toEqual([]);
    await button(page).click();
    await expect(film(page).locator("iframe")).toBeVisible();
    expect(await findings(page, ".embed"), "after").toEqual([]);
  });
}
