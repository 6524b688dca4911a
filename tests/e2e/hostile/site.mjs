// The hostile strings through press: what it refuses, and a site of all the rest.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, press } from "../press.mjs";
import { DIST } from "../server.mjs";
import { article, articles, groups, pathsOf, slots, slotsAt } from "./articles.mjs";
import { strings } from "./strings.mjs";

const FOLDER = join(ROOT, "target/hostile");
export const HOSTILE_DIST = join(FOLDER, "dist");

const SITE = { name: "Hostile", languages: ["en"], defaultLanguage: "en", timeZone: "UTC", search: { provider: "static" } };

/** Slots whose address is fetched. */
const FILES = /^url:.*(renditions|tracks)\.href$/;

function site(name, articles) {
  const root = join(FOLDER, name);
  mkdirSync(join(root, "public/articles/en"), { recursive: true });
  mkdirSync(join(root, "public/media"), { recursive: true });
  writeFileSync(join(root, "public/site.json"), JSON.stringify(SITE));
  articles.forEach((one, number) => {
    writeFileSync(join(root, `public/articles/en/h-${number}.json`), JSON.stringify(one));
  });
  const media = join(ROOT, "public/media");
  cpSync(join(media, "great-hall/960.jpg"), join(root, "public/media/plain.jpg"));
  const film = readdirSync(media, { recursive: true }).find((file) => file.endsWith(".mp4"));
  cpSync(join(media, film), join(root, "public/media/film.mp4"));
  writeFileSync(join(root, "public/media/words.vtt"), "WEBVTT\n\n00:00.000 --> 00:01.000\nWords\n");
  for (const folder of ["fonts", "icons"]) cpSync(join(ROOT, "public", folder), join(root, "public", folder), { recursive: true });
  return root;
}

/**
 * Asks press about every string in every slot, builds a site of what it lets through.
 * `refused` are the slots of each string; `count` the articles of the site.
 */
export function build() {
  rmSync(FOLDER, { recursive: true, force: true });
  const refused = strings.map(() => new Set());
  // press lists no more than 200 problems of an article: some slots at a time.
  for (const names of groups(slots, 40)) {
    const paths = pathsOf(names);
    const some = (string) => (slot) => (names.includes(slot) ? [string] : []);
    const probe = site("probe", strings.map((string, number) => article(number, some(string))));
    for (const { severity, file, field, kind, message } of press("check", probe).findings) {
      const number = /h-(\d+)\.json$/.exec(file)?.[1];
      // That the ids of two stories are too alike says nothing of either string.
      if (severity !== "error" || number === undefined || kind === "repeated-list") continue;
      if (!field || /more problems/.test(message)) throw new Error(`${kind} without a place in ${file}: ${message}`);
      // A file that is missing is told once, wherever else it is named.
      const places = kind === "missing-media" ? slots.filter((slot) => FILES.test(slot)) : slotsAt(paths, field);
      for (const slot of places) refused[number].add(slot);
    }
  }
  // Halves of characters are all read as the same U+FFFD, and ids must differ, those of
  // topics and authors by more than capitals.
  const once = (list, name) => [...new Map(list.map((string) => [name(string.toWellFormed()), string])).values()];
  // A block of no known type is refused whatever is in it.
  const accepted = (slot) => {
    if (slot.startsWith("text:unknown")) return [];
    const list = strings.filter((_, number) => !refused[number].has(slot));
    const isFolder = /^text:(subjects|authors)\.id$/.test(slot);
    return once(list, (text) => (isFolder ? text.normalize("NFC").toLowerCase() : text));
  };
  const lists = new Map(slots.map((slot) => [slot, accepted(slot)]));
  const made = articles(lists);
  const root = site("site", made);
  const answer = press("build", root, "--into", HOSTILE_DIST, "--app", DIST);
  return { refused, lists, count: made.length, errors: answer.findings.filter(({ severity }) => severity === "error") };
}
