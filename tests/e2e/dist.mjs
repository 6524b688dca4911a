// What is in the built site, so that tests can be written over all of it.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { DIST } from "./server.mjs";

if (!existsSync(join(DIST, "version.json"))) {
  throw new Error("dist/ is not a release: run `cargo xtask build` first");
}

/** The path of every page below the base: "", "en/", "en/stories/…/". */
export const pages = readdirSync(DIST, { recursive: true })
  .map((name) => name.split(sep).join("/"))
  .filter((name) => name === "index.html" || name.endsWith("/index.html"))
  .map((name) => name.slice(0, -"index.html".length))
  // A page that only sends its reader on is not a snapshot.
  .filter((path) => !/http-equiv="?refresh/.test(read(`${path}index.html`)))
  .sort();

export function read(name) {
  return readFileSync(join(DIST, name), "utf8");
}

export function json(name) {
  return JSON.parse(read(name));
}

const first = (pattern) => {
  const found = pages.find((path) => pattern.test(path));
  if (found === undefined) throw new Error(`no page fits ${pattern}`);
  return found;
};

/** One page of each kind, by what it is. */
export const kinds = {
  front: "en/",
  story: "en/stories/beijing-meeting-on-child-rights-2010/",
  video: first(/^en\/stories\/[^/]+\/videos\/[^/]+\/$/),
  photo: first(/^en\/stories\/[^/]+\/photos\/[^/]+\/$/),
  page: "en/pages/about/",
};

/** A front whose language is written from right to left. */
export const rightToLeft = "ar/";

/** The language file's words, which the pages must show. */
export const words = json("i18n/en.json");

/** The texts of an article's paragraphs, as a reader sees them. */
export function paragraphs(article) {
  const flat = (rich) =>
    typeof rich === "string" ? rich : rich.map((span) => (typeof span === "string" ? span : (span.text ?? ""))).join("");
  return article.body.filter((block) => block.type === "paragraph").map((block) => flat(block.content));
}

export const squeezed = (text) => text.replace(/\s+/g, " ").trim();
