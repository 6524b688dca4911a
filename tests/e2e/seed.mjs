// From the text of an old page to an article: what somebody moving an archive has
// in hand is often no more than the words, in their order. The sentences are
// somebody else's, so they are read from a folder beside the repository and never
// kept here; where that folder is missing, there is nothing to test.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = process.env.DATELINE_SEED ?? join(ROOT, "../shared/seed");
/** Where the page is built: a site of its own. */
export const SITE = join(ROOT, "target/seed");
export const SEED_DIST = join(SITE, "dist");
export const LANGUAGE = "en";
export const SLUG = "from-the-old-site";

/** The old page's text; `undefined` where it is not at hand. */
export function seedText() {
  if (!existsSync(FOLDER)) return undefined;
  const name = readdirSync(FOLDER).find((file) => file.endsWith(".txt"));
  return name && readFileSync(join(FOLDER, name), "utf8");
}

/**
 * The parts of the page. Larger gaps (two blank lines or more) part the notice,
 * the story and what stood beside it; the story's own gaps are told apart by what
 * follows them.
 */
export function parse(text) {
  const sections = text
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n\s*\n+/)
    .map((section) => section.split(/\n\s*\n/).map(lines).filter((block) => block.length > 0))
    .filter((blocks) => blocks.length > 0);
  const [notice, ...others] = sections;
  // What stood beside the story comes last, each in a gap or a line of its own.
  const beside = others.pop();
  const [[headline], [standfirst], [byline], [opening], ...rest] = others.flat();
  const [, dateline, first] = opening.match(/^([^–—]+[–—])\s+(.*)$/);
  return {
    notice: notice.flat(),
    headline,
    standfirst,
    byline,
    dateline,
    blocks: [{ kind: "paragraph", text: first }, ...rest.map(block)],
    campaign: beside[0][0],
    search: beside.at(-1)[0],
  };
}

const lines = (block) =>
  block
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function block(lines) {
  const [line, second] = lines;
  const film = line.match(/^VIDEO:\s*(.*?)\s*((?:Watch|Listen) in \S+)$/);
  if (film) return { kind: "film", caption: film[1], player: film[2] };
  if (line.startsWith("©")) return { kind: "photo", credit: line, caption: second };
  // A sub-head is short and no sentence.
  if (line.length < 60 && !/[.!?”"]$/.test(line)) return { kind: "heading", text: line };
  return { kind: "paragraph", text: line };
}

/** Every line of the page, as parts of it: nothing may be lost on the way. */
export function linesOf(page) {
  const ofBlock = ({ kind, text, caption, credit, player }, index) => {
    if (kind === "film") return [`VIDEO: ${caption} ${player}`];
    if (kind === "photo") return [credit, caption];
    return [index === 0 ? `${page.dateline} ${text}` : text];
  };
  const { notice, headline, standfirst, byline, blocks, campaign, search } = page;
  return [...notice, headline, standfirst, byline, ...blocks.flatMap(ofBlock), campaign, search];
}

/** The lines of the text itself, with single spaces. */
export const linesIn = (text) => text.split("\n").flatMap(lines).map(oneSpace);
export const oneSpace = (line) => line.replace(/\s+/g, " ");

/** A picture of the sample newsroom stands in for one that only the old site had. */
const STAND_INS = ["great-hall", "thumbprints"];

function article(page) {
  let photos = 0;
  const toBlock = ({ kind, text, caption, credit, player }) => {
    switch (kind) {
      case "heading":
        return { type: "heading", level: 2, content: text };
      case "film":
        return {
          type: "video",
          video: {
            id: "film",
            title: page.headline,
            caption,
            availability: "legacyOnly",
            legacySources: [{ format: "realMedia", status: "unknown", label: player }],
          },
        };
      case "photo": {
        const folder = STAND_INS[photos % STAND_INS.length];
        photos += 1;
        return {
          type: "image",
          role: "inline",
          image: {
            id: `photo-${photos}`,
            caption,
            rights: { creditText: credit },
            width: 960,
            height: 640,
            renditions: [
              { href: `/media/${folder}/960.jpg`, contentType: "image/jpeg", width: 960, height: 640 },
            ],
          },
        };
      }
      default:
        return { type: "paragraph", content: text };
    }
  };
  return {
    schemaVersion: "1.0",
    id: "urn:uuid:6c1f4bd2-58a0-4f0e-9c5e-2f6f9d7b1a10",
    slug: SLUG,
    language: LANGUAGE,
    headline: page.headline,
    standfirst: page.standfirst,
    byline: page.byline,
    dateline: page.dateline,
    datePublished: "2010-11-08",
    body: page.blocks.map(toBlock),
  };
}

const siteFile = (page) => ({
  name: "The old site",
  languages: [LANGUAGE],
  defaultLanguage: LANGUAGE,
  timeZone: "UTC",
  editions: {
    [LANGUAGE]: {
      nav: [{ label: page.search, href: `/${LANGUAGE}/search/` }],
      campaigns: [{ label: page.campaign, href: `/${LANGUAGE}/stories/${SLUG}/` }],
    },
  },
  notice: { id: "moving", text: { [LANGUAGE]: page.notice.join(" ") } },
  search: { provider: "static" },
});

/** Builds a site of this one page with the release's own program and press. */
export function build(page) {
  rmSync(SITE, { recursive: true, force: true });
  const write = (path, value) => {
    mkdirSync(join(SITE, path, ".."), { recursive: true });
    writeFileSync(join(SITE, path), JSON.stringify(value));
  };
  write("public/site.json", siteFile(page));
  write(`public/articles/${LANGUAGE}/${SLUG}.json`, article(page));
  for (const folder of STAND_INS) {
    cpSync(join(ROOT, "public/media", folder), join(SITE, "public/media", folder), { recursive: true });
  }
  for (const name of ["fonts", "icons"]) {
    cpSync(join(ROOT, "public", name), join(SITE, "public", name), { recursive: true });
  }
  execFileSync(
    "cargo",
    // The same words as the release step, so that cargo finds press built.
    ["run", "--quiet", "--package", "press", "--release", "--features", "snapshots,media,deploy", "--", "build"].concat(
      ["--root", SITE, "--into", SEED_DIST, "--app", DIST],
    ),
    { cwd: ROOT, stdio: ["ignore", "inherit", "pipe"] },
  );
}
