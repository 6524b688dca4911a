// The hostile strings through press: what it refuses, and a site of all the rest.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "../server.mjs";
import { article, batches, isSingle, slotAt, slots } from "./articles.mjs";
import { strings } from "./strings.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = join(ROOT, "target/hostile");
export const HOSTILE_DIST = join(FOLDER, "dist");
/** Strings of one article. */
const TOGETHER = 40;

const SITE = { name: "Hostile", languages: ["en"], defaultLanguage: "en", timeZone: "UTC", search: { provider: "static" } };

function press(command, root, ...rest) {
  const words = ["run", "--quiet", "--package", "press", "--release", "--features", "snapshots,media", "--", command];
  const ran = spawnSync("cargo", [...words, "--root", root, "--format", "json", ...rest], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  try {
    return JSON.parse(ran.stdout);
  } catch {
    throw new Error(`press ${command} said nothing: ${ran.stderr}`);
  }
}

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
  const probe = site("probe", strings.map((string, number) => article(number, () => [string])));
  const refused = strings.map(() => new Set());
  for (const { severity, file, field, kind } of press("check", probe).findings) {
    const number = /h-(\d+)\.json$/.exec(file)?.[1];
    if (severity !== "error" || number === undefined) continue;
    for (const slot of field ? slotAt(field) : slots.names) refused[number].add(slot);
    if (!field && kind !== "size") throw new Error(`an error without a place: ${kind} in ${file}`);
  }
  const accepted = (slot) => strings.filter((_, number) => !refused[number].has(slot));
  const lists = new Map(slots.names.map((slot) => [slot, accepted(slot)]));
  const parts = new Map(
    [...lists].map(([slot, list]) => [slot, batches(list, isSingle(slot) ? 1 : TOGETHER)]),
  );
  const count = Math.max(...[...parts.values()].map((part) => part.length));
  const articles = Array.from({ length: count }, (_, number) => article(number, (slot) => parts.get(slot)[number] ?? []));
  const root = site("site", articles);
  const answer = press("build", root, "--into", HOSTILE_DIST, "--app", DIST);
  return { refused, lists, count, errors: answer.findings.filter(({ severity }) => severity === "error") };
}
