// Saved stories: what a reader asked to be kept, until the reader says otherwise.
//
// A record is written last, so what it names is there.
import { copyOf, existing, SAVED, SCOPE, sound, unlessClosed, VISITED } from "./copies.js";

/** Wide enough for a phone held sideways. */
const WIDTH = 1000;
/** How often the newest stories of a topic are looked for, milliseconds. */
const HOUR = 3_600_000;
const TOPICS = `${SCOPE}saved.json?topics`;

/** Files that every saved story needs, and none pays for. */
const SHARED = /^(assets|fonts|icons|i18n)\/|^site\.json$/;

const recordOf = (path) => `${SCOPE}saved.json?story=${encodeURIComponent(path)}`;
const address = (href) => SCOPE + href.replace(/^\//, "");

const KEY = `${SCOPE}saved.json?key`;

function asJson(value) {
  return new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });
}

/** What the forms of this worker's pages carry, and no other site knows. */
export async function keyOf() {
  const cache = await caches.open(SAVED);
  const known = await cache.match(KEY);
  if (known) return known.json();
  const key = crypto.randomUUID();
  await cache.put(KEY, asJson(key));
  return key;
}

async function records() {
  const cache = await existing(SAVED);
  if (!cache) return [];
  const keys = (await cache.keys()).filter(({ url }) => url.includes(`${SCOPE}saved.json?story=`));
  return Promise.all(keys.map(async (key) => (await cache.match(key)).json()));
}

/** What is saved, the last first, and the room it takes. */
export async function state() {
  const all = await records();
  const stories = all
    .sort((one, other) => (one.saved < other.saved ? 1 : -1))
    .map(({ files, ...story }) => {
      const own = files.filter(({ url }) => !SHARED.test(url.slice(SCOPE.length)));
      return { ...story, bytes: own.reduce((sum, file) => sum + file.bytes, 0) };
    });
  // In all, every file counts once, the app's too.
  const files = new Map(all.flatMap((record) => record.files.map((file) => [file.url, file.bytes])));
  return {
    stories,
    topics: await topics(),
    bytes: [...files.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** The story at an address: `en/stories/night-ferry/`. */
function storyAt(path) {
  const [, language, slug] = /^([\w-]+)\/stories\/([^/?#]+)\/$/.exec(path) ?? [];
  if (!slug) throw new Error("gone");
  return { path, language, article: `articles/${language}/${slug}.json` };
}

/** What belongs to a story, from its article: the addresses and sizes of its files. */
async function plan(article) {
  const response = await fetch(address(article), { cache: "no-cache" });
  if (response.status === 404 || response.status === 410) throw new Error("gone");
  const body = await sound(response, "json");
  const story = JSON.parse(await body.text());
  const found = { text: body, headline: plain(story.headline), images: [], films: [], tracks: [] };
  look(story, found);
  return { ...found, url: address(article) };
}

/** The words of a rich text. */
function plain(text) {
  return Array.isArray(text) ? text.map((piece) => piece?.text ?? piece).join("") : String(text ?? "");
}

/** Pictures, films and text tracks, wherever they stand in an article. */
function look(value, found) {
  if (Array.isArray(value)) return value.forEach((item) => look(item, found));
  if (value === null || typeof value !== "object") return;
  const files = Array.isArray(value.renditions) ? value.renditions.filter(isFile) : [];
  const ofKind = (kind) => files.filter((file) => file.contentType.startsWith(kind));
  const pictures = ofKind("image/");
  // A stream is a list of pieces, of which nobody here knows how many it has.
  const films = [...ofKind("video/"), ...ofKind("audio/")].filter(({ contentType }) => !/mpegurl|dash/.test(contentType));
  if (pictures.length > 0) found.images.push(chosenPicture(pictures));
  if (films.length > 0) found.films.push(chosenFilm(films));
  if (Array.isArray(value.tracks)) {
    const tracks = value.tracks.filter(({ href }) => typeof href === "string" && href.startsWith("/"));
    found.tracks.push(...tracks.map(({ href }) => ({ url: address(href), type: "text/vtt", same: [] })));
  }
  Object.values(value).forEach((inner) => look(inner, found));
}

const isFile = (file) =>
  typeof file?.href === "string" && file.href.startsWith("/") && typeof file.contentType === "string";

/** One size, in a format every browser of today shows; it stands for the others. */
function chosenPicture(files) {
  const best = ["image/webp", "image/jpeg", "image/png", "image/svg+xml", "image/avif"]
    .map((type) => files.filter((file) => file.contentType === type))
    .find((list) => list.length > 0) ?? files;
  const byWidth = [...best].sort((one, other) => (one.width ?? 0) - (other.width ?? 0));
  const one = byWidth.find((file) => (file.width ?? 0) >= WIDTH) ?? byWidth.at(-1);
  return chosen(one, files);
}

/** The smallest one. */
function chosenFilm(files) {
  const weight = (file) => file.sizeInBytes ?? (file.width ?? 1) * (file.height ?? 1) * 1e6;
  const [one] = [...files].sort((a, b) => weight(a) - weight(b));
  return chosen(one, files.filter((file) => file.contentType === one.contentType));
}

function chosen(one, others) {
  return {
    url: address(one.href),
    type: one.contentType.split("/")[0],
    bytes: one.sizeInBytes,
    same: others.filter((file) => file !== one).map((file) => address(file.href)),
  };
}

/** How many bytes saving a story would take. */
export async function measure(path) {
  const { text, headline, images, films, tracks } = await plan(storyAt(path).article);
  const all = async (files) => (await Promise.all(files.map(size))).reduce((sum, bytes) => sum + bytes, 0);
  return { headline, bytes: text.size + (await all(images)) + (await all(tracks)), film: await all(films), films: films.length };
}

async function size({ url, bytes }) {
  if (bytes) return bytes;
  const response = await fetch(url, { method: "HEAD" }).catch(() => undefined);
  return Number(response?.headers.get("content-length") ?? 0);
}

/**
 * Saves a story, whole or not at all. One that is saved already is brought up to date in
 * the same way, and what it no longer shows goes.
 */
export async function saveStory(path, film, topic) {
  const { language, article } = storyAt(path);
  const found = await plan(article);
  const wanted = [...found.images, ...found.tracks, ...(film ? found.films : [])];
  const cache = await caches.open(SAVED);
  const files = [];
  const put = async (url, response) => {
    const again = response.clone();
    await cache.put(url, response).catch(async (error) => {
      if (error.name !== "QuotaExceededError") throw error;
      // What was only opened makes room for what is wanted.
      await caches.delete(VISITED);
      await cache.put(url, again);
    });
  };
  const all = await records();
  const before = all.find((record) => record.path === path);
  const known = new Map(all.flatMap((record) => record.files.map((file) => [file.url, file])));
  const get = async (url, type, options) => {
    const response = await fetch(url, options);
    const body = await sound(response, type);
    return { url, body, type: response.headers.get("content-type") ?? "" };
  };
  const keep = async ({ url, body, type }) => {
    await put(url, copyOf(body, type));
    files.push({ url, bytes: body.size });
  };
  const once = async (url, type) => {
    const file = known.get(url);
    if (file && (await cache.match(url))) files.push(file);
    else await keep(await get(url, type));
  };
  // What changes under its address is asked for anew.
  const fresh = (url, type) => get(url, type, { cache: "no-cache" });
  try {
    const page = await fresh(SCOPE + path, "text/html");
    for (const url of await surroundings(await page.body.text())) await once(url);
    for (const url of wordsOf(language)) await keep(await fresh(url, "json"));
    for (const { url, type, same } of wanted) {
      await once(url, type);
      for (const other of same) {
        if (!known.has(other)) await put(other, new Response(null, { headers: { "x-dateline-same": url } }));
        files.push({ url: other, bytes: 0 });
      }
    }
    // The story itself comes last: until all it needs is there, an older copy stays.
    await keep({ url: found.url, body: found.text, type: "application/json" });
    await keep(page);
    // Whoever says that something is saved has looked.
    for (const { url } of files) if (!(await cache.match(url))) throw new Error("lost");
    const saved = before?.saved ?? new Date().toISOString();
    const record = { path, article, headline: found.headline, language, film, topic, saved, files };
    await put(recordOf(path), asJson(record));
  } catch (error) {
    const others = new Set(known.keys());
    await Promise.all(files.filter(({ url }) => !others.has(url)).map(({ url }) => cache.delete(url)));
    throw error;
  }
  if (before) await drop(cache, before.files);
}

/** What a page needs besides its story: the app as it is now, fonts. */
async function surroundings(html) {
  const list = await fetch(`${SCOPE}assets/assets.json`, { cache: "no-cache" }).then((response) => response.json());
  // What plays streams is of no use without them.
  const app = Object.entries(list).flatMap(([kind, asset]) => (asset?.href && kind !== "stream" ? [asset.href] : []));
  const named = [...html.matchAll(/(?:href|src)="(?:\.\.\/)*((?:assets|fonts|icons)\/[^"?#]+)"/g)].map(([, path]) => path);
  return [...new Set([...app, ...named])].map((path) => SCOPE + path);
}

/** Words change under the same address. */
const wordsOf = (language) => [`i18n/${language}.json`, "site.json"].map((path) => SCOPE + path);

/** Deletes those of the files that no saved story has. */
async function drop(cache, files) {
  const needed = new Set((await records()).flatMap((record) => record.files.map(({ url }) => url)));
  await Promise.all(files.filter(({ url }) => !needed.has(url)).map(({ url }) => cache.delete(url)));
}

export async function remove(path) {
  const record = (await records()).find((one) => one.path === path);
  if (!record) return;
  const cache = await caches.open(SAVED);
  await cache.delete(recordOf(path));
  await drop(cache, record.files);
}

/** Whether a saved story shows this file. */
export async function isSaved(request) {
  return Boolean(await caches.match(request, { cacheName: SAVED }));
}

/** Stories that are being renewed. */
const renewing = new Set();

/**
 * A saved story as it is now: corrected, say, or a page that asks for the app of a newer
 * release. What it names comes with it.
 */
export async function renew(request, response, type) {
  try {
    const body = await sound(response, type);
    await unlessClosed(SAVED, async () => {
      const cache = await caches.open(SAVED);
      const copy = await cache.match(request);
      if (copy && (await copy.text()) === (await body.text())) return;
      const { pathname } = new URL(request.url);
      const record = (await records()).find((one) => isOf(one, pathname));
      if (!record) return cache.put(request, copyOf(body, response.headers.get("content-type") ?? ""));
      if (renewing.has(record.path)) return;
      renewing.add(record.path);
      await saveStory(record.path, record.film, record.topic).finally(() => renewing.delete(record.path));
    });
  } catch {
    // The copy that is there is a good one.
  }
}

const isOf = ({ path, article }, pathname) => [SCOPE + path, address(article)].includes(pathname);

/** A story that was taken back is not kept by anybody. */
export async function withdraw(request) {
  const { pathname } = new URL(request.url);
  const gone = (await records()).filter((one) => isOf(one, pathname));
  for (const { path } of gone) await remove(path);
}

async function topics() {
  const found = await caches.match(TOPICS, { cacheName: SAVED });
  return found ? found.json() : [];
}

async function setTopics(list) {
  await (await caches.open(SAVED)).put(TOPICS, asJson(list));
}

export async function saveTopic(topic) {
  const others = (await topics()).filter((one) => one.id !== topic.id || one.language !== topic.language);
  await setTopics([...others, topic]);
  await refreshTopic(topic);
}

export async function removeTopic(id) {
  await setTopics((await topics()).filter((topic) => `${topic.language}/${topic.id}` !== id));
  const own = (await records()).filter((record) => record.topic === id);
  for (const { path } of own) await remove(path);
}

/** Whether a large download is welcome now. Where the browser does not tell, it is. */
function isWelcome({ wifi }) {
  const { type, saveData } = navigator.connection ?? {};
  if (saveData) return false;
  return !wifi || type === undefined || type === "wifi" || type === "ethernet";
}

/** Looks for new stories of the topics that are kept, at most once an hour. */
export async function refreshTopics() {
  for (const topic of await topics()) {
    const age = Date.now() - Date.parse(topic.looked ?? 0);
    if (!(age < HOUR) && isWelcome(topic)) await unlessClosed(SAVED, () => refreshTopic(topic)).catch(() => {});
  }
}

/** The newest stories of a topic; those it had before and that are no longer among them go. */
async function refreshTopic(topic) {
  const id = `${topic.language}/${topic.id}`;
  const head = await fetch(`${SCOPE}data/v1/${topic.language}/topics/${encodeURIComponent(topic.id)}/head.json`, {
    cache: "no-cache",
  });
  const { cards } = JSON.parse(await (await sound(head, "json")).text());
  const newest = cards.slice(0, topic.newest);
  const pathOf = (slug) => `${topic.language}/stories/${encodeURIComponent(slug)}/`;
  const wanted = new Set(newest.map(({ slug }) => pathOf(slug)));
  const all = await records();
  for (const { path } of all.filter((one) => one.topic === id && !wanted.has(one.path))) await remove(path);
  const have = new Set(all.map(({ path }) => path));
  for (const { slug } of newest) {
    const path = pathOf(slug);
    if (!have.has(path)) await saveStory(path, false, id);
  }
  const looked = new Date().toISOString();
  await setTopics((await topics()).map((one) => (`${one.language}/${one.id}` === id ? { ...one, looked } : one)));
}

/** Everything that was saved, with its copies. */
export async function everything() {
  return { records: await records(), cache: await caches.open(SAVED) };
}
