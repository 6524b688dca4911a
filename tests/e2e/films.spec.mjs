// Films and captions that are made here by ffmpeg, served in place of those of the
// sample and played by the browser: what plays, what breaks off, what is not there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, open, test } from "./fixtures.mjs";
import { findings } from "./axe.mjs";
import { json, pages, words } from "./dist.mjs";

const FILM = "en/stories/fold-a-paper-boat-that-floats/videos/paper-boats-film/";
const STREAM = "en/stories/cape-aurel-light-runs-on-the-sun/videos/light-turns-film/";
const OF_THE_STREAM = /^assets\/stream-/;

let folder;
test.beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "dateline-films-"))));
test.afterAll(() => rmSync(folder, { recursive: true }));

/** Six seconds of a test picture with a tone. */
function made(name, ...options) {
  const to = join(folder, name);
  const sources = ["testsrc2=size=320x180:rate=15:duration=6", "sine=frequency=330:duration=6"];
  const inputs = sources.flatMap((source) => ["-f", "lavfi", "-i", source]);
  execFileSync("ffmpeg", ["-v", "error", "-y", ...inputs, ...options, to], { cwd: folder });
  return readFileSync(to);
}

const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "30", "-c:a", "aac"];
const mp4 = () => made("film.mp4", ...H264, "-movflags", "+faststart");
const webm = () =>
  made("film.webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "200k", "-c:a", "libopus");

/** Serves these bytes in place of a file, always with the same validator. */
const serve = (site, path, body, type) =>
  site.fault(path, { body, headers: { etag: '"made"', ...(type && { "content-type": type }) } });

const stage = (page) => page.locator(".stage").first();
const film = (page, name) => page.evaluate((name) => document.querySelector("video")[name], name);
const play = (page) => page.locator(".large-play").click();
const goesOn = (page, seconds = 1) =>
  expect.poll(() => film(page, "currentTime"), { timeout: 20_000 }).toBeGreaterThan(seconds);
const choose = async (page, name) => {
  await stage(page).getByRole("button", { name: words.player_settings, exact: true }).click();
  await stage(page).locator(".choices").getByRole("button", { name }).click();
};

test("VP9 and Opus in WebM play", async ({ page, site }) => {
  serve(site, "media/paper-boats-film/720.webm", webm());
  await open(page, FILM);
  await play(page);
  await goesOn(page);
  expect(await film(page, "videoWidth")).toBe(320);
});

test("H.264 and AAC in MP4 play, chosen as another quality", async ({ page, site }) => {
  serve(site, "media/paper-boats-film/360.mp4", mp4());
  await open(page, FILM);
  await play(page);
  await choose(page, /^360p/);
  await expect.poll(() => film(page, "videoWidth"), { timeout: 20_000 }).toBe(320);
  await goesOn(page);
  expect(await film(page, "currentSrc")).toMatch(/360\.mp4$/);
});

test("a film without a byte is told in a sentence, with the transcript", async ({ page, site, expectConsole }) => {
  expectConsole(/request failed/, /ERR_/, /Failed to load resource/);
  serve(site, /^media\/paper-boats-film\/.*\.(mp4|webm)$/, "");
  await open(page, FILM);
  await play(page);
  await expect(stage(page).getByRole("status")).toContainText(words.film_unsupported, { timeout: 20_000 });
  await expect(page.locator("details.transcript")).toHaveAttribute("open", "");
});

test("of a film that breaks off what is there is shown", async ({ page, site, expectConsole }) => {
  expectConsole(/request failed/, /ERR_/);
  const whole = webm();
  serve(site, "media/paper-boats-film/720.webm", whole.subarray(0, Math.floor(whole.length * 0.6)));
  await open(page, FILM);
  await play(page);
  await goesOn(page, 1.5);
  // Then it is at its end, or what happened is told: it does not stand there for ever.
  await expect
    .poll(async () => (await film(page, "ended")) || (await stage(page).locator(".trouble").textContent()) !== "", {
      timeout: 25_000,
    })
    .toBe(true);
});

const TIMED = (text) => `00:00:00.000 --> 00:00:05.000\n${text}\n`;
const CAPTIONS = [
  ["with errors", `WEBVTT\n\nno time at all\nx\n\n00:99 --> nonsense\nlost\n\n${TIMED("What is sound is shown.")}`, /^What is sound is shown\.$/, "ltr"],
  ["with a style and classes", `WEBVTT\n\nSTYLE\n::cue(.loud) { color: red }\n\n${TIMED("<c.loud>Bells!</c> <i>far off</i> &amp; near")}`, /^Bells! far off & near$/, "ltr"],
  ["in Arabic", `WEBVTT\n\n${TIMED("جرس عميق من بعيد، ثم الماء.")}`, /^جرس عميق من بعيد، ثم الماء\.$/, "rtl"],
  ["in Chinese", `WEBVTT\n\n${TIMED("远处传来钟声。")}`, /^远处传来钟声。$/, "ltr"],
];
for (const [name, source, shown, direction] of CAPTIONS) {
  test(`captions ${name} are drawn`, async ({ page, site }) => {
    const language = { "in Arabic": "ar" }[name] ?? "en";
    serve(site, `media/paper-boats-film/${language}.vtt`, source);
    await open(page, FILM);
    await play(page);
    if (language === "ar") await choose(page, "العربية");
    const cues = stage(page).locator(".cues");
    await expect(cues).toHaveText(shown, { timeout: 15_000 });
    // The line may be drawn anew while it is looked at.
    await expect.poll(() => cues.locator("p").first().evaluate((line) => getComputedStyle(line).direction)).toBe(direction);
    await expect(cues.locator("[style]")).toHaveCount(0);
  });
}

test("a stream plays by our own script, which is loaded when it is asked for, and its pictures can be chosen", async ({
  page,
  site,
}) => {
  await open(page, STREAM);
  const asked = () => site.requests.map(({ path }) => path.slice(site.mount.length)).filter((path) => OF_THE_STREAM.test(path) || /m3u8$/.test(path));
  expect(asked()).toEqual([]);
  await play(page);
  await goesOn(page);
  expect(asked().filter((path) => OF_THE_STREAM.test(path))).toHaveLength(1);
  expect(await film(page, "currentSrc")).toMatch(/^blob:/);
  await choose(page, "180p");
  await expect(stage(page).getByRole("button", { name: "180p" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => film(page, "videoWidth"), { timeout: 20_000 }).toBe(320);
  await stage(page).getByRole("button", { name: "360p" }).click();
  await expect.poll(() => film(page, "videoWidth"), { timeout: 20_000 }).toBe(640);
  // Its transcript was made of its captions, and leads to its places.
  await page.locator(".transcript .lines button").nth(2).click();
  await goesOn(page, 8);
});

test("under data saver a stream begins with its smallest picture", async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await open(page, STREAM);
  await play(page);
  await goesOn(page, 0.3);
  const asked = site.requests.map(({ path }) => path);
  expect(asked.some((path) => path.endsWith("/180.mp4"))).toBe(true);
  expect(asked.some((path) => path.endsWith("/360.mp4"))).toBe(false);
});

test("a stream of transport pieces in two qualities plays", async ({ page, site }) => {
  for (const [name, height] of [["360", 360], ["180", 180]]) {
    const scale = ["-vf", `scale=-2:${height}`];
    const pieces = ["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod", "-hls_flags", "single_file"];
    const list = made(`${name}.m3u8`, ...H264, ...scale, ...pieces, "-hls_segment_filename", `${name}.ts`);
    serve(site, `media/light-turns-film/${name}.m3u8`, String(list).replaceAll(`${name}.ts`, `${name}.mp4`));
    serve(site, `media/light-turns-film/${name}.mp4`, readFileSync(join(folder, `${name}.ts`)), "video/mp2t");
  }
  await open(page, STREAM);
  await play(page);
  await goesOn(page, 2.5);
  expect(await page.evaluate(() => document.querySelector("video").levels)).toEqual(["180p", "360p"]);
});

for (const [name, path, fault, word] of [
  ["whose list is gone", /film\.m3u8$/, { status: 404 }, "film_gone"],
  ["whose pieces are gone", /light-turns-film\/\d+\.mp4$/, { status: 404 }, "film_unsupported"],
  ["whose script does not come", OF_THE_STREAM, { status: 404 }, "film_unsupported"],
  ["whose script was altered", OF_THE_STREAM, { alter: 300 }, "film_unsupported"],
]) {
  test(`a stream ${name} is told in a sentence, with the transcript and a link`, async ({ page, site, expectConsole }) => {
    expectConsole(/Failed to load resource/, /integrity/, /ERR_/, /request failed/);
    site.fault(path, fault);
    await open(page, STREAM);
    await play(page);
    const trouble = stage(page).getByRole("status");
    await expect(trouble).toContainText(words[word], { timeout: 40_000 });
    await expect(trouble.getByRole("link", { name: words.download_file })).toHaveAttribute("href", /film\.m3u8$/);
    await expect(page.locator("details.transcript")).toHaveAttribute("open", "");
  });
}

test("a reader who leaves the page leaves the stream", async ({ page, site }) => {
  await open(page, STREAM);
  await play(page);
  await goesOn(page, 0.3);
  await page.evaluate(() => (window.left = document.querySelector("video")));
  await page.locator("header.masthead a").first().click();
  await expect(page.locator("article.card").first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.left.getAttribute("src"))).toBe(null);
  expect(site.requests.filter(({ status }) => status >= 400)).toEqual([]);
});

/** An Arabic story that has the film, as the app renders it after a click. */
async function openArabic(page, site) {
  const list = pages.find((path) => /^ar\/stories\/[^/]+\/$/.test(path));
  const name = `articles/${list.replace("stories/", "").replace(/\/$/, "")}.json`;
  const article = json(name);
  const block = json("articles/en/fold-a-paper-boat-that-floats.json").leadMedia ?? {};
  const video = block.type === "video" ? block : json("articles/en/fold-a-paper-boat-that-floats.json").body.find(({ type }) => type === "video");
  article.body.unshift(video);
  site.fault({ test: (path) => path === name || path === encodeURI(name) }, { body: JSON.stringify(article) });
  await open(page, "ar/");
  await page.evaluate((path) => {
    const link = document.querySelector("article.card a");
    link.href = new URL(path, document.baseURI).href;
    link.click();
  }, site.mount + list);
  await expect(page.locator(".stage[data-player]")).toBeVisible({ timeout: 15_000 });
}

for (const scheme of ["light", "dark"]) {
  test(`on an Arabic page the clock runs from the left, and there is no barrier, ${scheme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await openArabic(page, site);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    const check = async (when) => expect(await findings(page, ".stage"), when).toEqual([]);
    await check("before");
    await play(page);
    await goesOn(page, 0.3);
    await page.keyboard.press("k");
    await expect.poll(() => film(page, "paused")).toBe(true);
    await check("playing");
    const seek = stage(page).locator("input.seek");
    expect(await seek.evaluate((slider) => getComputedStyle(slider).direction)).toBe("ltr");
    await expect(seek).toHaveAttribute("aria-valuetext", /[\u0600-\u06ff]/);
    const before = await film(page, "currentTime");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => film(page, "currentTime")).toBeGreaterThan(before + 4);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => film(page, "currentTime")).toBeLessThan(before + 1);
    // The reader's language is not the film's: what is said is written, in theirs.
    await expect(stage(page).locator(".cues")).toHaveAttribute("lang", "ar");
    await expect(stage(page).locator(".cues")).toHaveAttribute("dir", "rtl");
    await stage(page).locator("[data-do=choices]").click();
    await check("open");
  });
}
