// Copies of files, in the caches of this site alone.
//
// Every name begins with the site's path, so that two sites on one origin, `/a/` and
// `/b/`, never touch each other's. What stands in a cache was whole when it came.

/** The site's path, with a slash at both ends. */
export const SCOPE = new URL(registration.scope).pathname;
const PREFIX = `dateline:${SCOPE}:`;
const APP = `${PREFIX}app:${BUILD}`;
export const VISITED = `${PREFIX}visited`;
export const SAVED = `${PREFIX}saved`;

/** Copies of opened stories and pages, and of pictures: the oldest go first. */
const MOST = { text: 200, media: 150 };
/** Larger pictures are not worth the room. */
const LARGE = 2_000_000;
const KEPT = "x-dateline-kept";
const COPY = "x-dateline-copy";

/**
 * The app's files, each checked against its hash: all of them, or the worker is not
 * installed and the one before it stays.
 */
export async function openApp() {
  const isNew = !(await caches.has(APP));
  const cache = await caches.open(APP);
  try {
    await Promise.all([...ASSETS.map((file) => fetched(cache, file)), shells(cache)]);
  } catch (error) {
    if (isNew) await caches.delete(APP);
    throw error;
  }
}

async function fetched(cache, { href, integrity }) {
  const url = SCOPE + href;
  if (await cache.match(url)) return;
  const get = async (mode) => {
    const response = await fetch(url, { integrity, cache: mode });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  };
  await cache.put(url, await get("default").catch(() => get("reload")));
}

/** The page that says that there is no connection, in the languages that are being read. */
async function shells(cache) {
  const { languages } = self.dateline;
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const read = open.map(({ url }) => new URL(url).pathname.slice(SCOPE.length).split("/")[0]);
  const wanted = new Set(read.map((first) => (languages.includes(first) ? first : languages[0])));
  await Promise.all([...(wanted.size > 0 ? wanted : [languages[0]])].map((language) => shell(cache, language)));
}

async function shell(cache, language) {
  for (const path of [`${language}/offline/`, `${language}/saved/`, `i18n/${language}.json`, "site.json"]) {
    const response = await fetch(SCOPE + path, { cache: "no-cache" });
    await sound(response.clone());
    await cache.put(SCOPE + path, response);
  }
}

/** The same for a reader who goes on in another language. */
export async function keepShell(language) {
  if (await inCache(APP, `${SCOPE}${language}/offline/`)) return;
  await unlessClosed(APP, async () => shell(await caches.open(APP), language));
}

/** Apps of earlier builds go, but for the last one: copies of pages still ask for it. */
export async function prune() {
  const apps = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}app:`) && name !== APP);
  await Promise.all(apps.slice(0, -1).map((name) => caches.delete(name)));
  if (self.dateline.offline !== "visited") await caches.delete(VISITED);
}

let isClosed = false;

/** Until the page goes, its worker still answers: it must not keep what was just cleared. */
export function close(closed) {
  isClosed = closed;
}

/**
 * Work on one of the caches, unless all was cleared. What was under way at that moment
 * may open a cache that has just been deleted, and so make it anew: it goes again.
 */
export async function unlessClosed(name, work) {
  if (isClosed) return;
  try {
    await work();
  } finally {
    if (isClosed) await caches.delete(name);
  }
}

/** One of the caches, if there is one. */
export async function existing(name) {
  if (!(await caches.has(name))) return undefined;
  const cache = await caches.open(name);
  if (isClosed) await caches.delete(name);
  return cache;
}

/** Every copy of this site. */
export async function clearCopies() {
  close(true);
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Every copy of this site, and the worker. */
export async function clearEverything() {
  await clearCopies();
  await registration.unregister();
}

/** A copy, wherever it is: what was saved comes first. */
export async function match(request) {
  for (const name of [SAVED, APP, VISITED]) {
    const found = await inCache(name, request);
    if (found) return found;
  }
  const apps = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}app:`));
  for (const name of apps) {
    const found = await inCache(name, request);
    if (found) return found;
  }
  return undefined;
}

/** A copy that belongs to this release, whatever was saved with an earlier one. */
export const matchApp = (request) => inCache(APP, request);

/** Looks without opening: to open a cache that has just been deleted makes it anew. */
async function inCache(name, request) {
  const found = await caches.match(request, { cacheName: name, ignoreSearch: true, ignoreVary: true });
  // One size of a picture stands for all of them.
  const other = found?.headers.get("x-dateline-same");
  return other ? caches.match(other, { cacheName: name }) : found;
}

/** Which of the copies are counted together. */
function from(request) {
  return request.destination === "image" || request.url.includes(`${SCOPE}media/`) ? "media" : "text";
}

/**
 * The whole of a good answer.
 * @throws if it is an error, of another type, cut off, or JSON that is no file of a site
 */
export async function sound(response, type) {
  const kind = response.headers.get("content-type") ?? "";
  if (!response.ok || response.status !== 200 || response.redirected || response.type === "opaque") {
    throw new Error(`status ${response.status}`);
  }
  if (type && !kind.includes(type)) throw new Error(`type ${kind}`);
  const body = await response.blob();
  const length = response.headers.get("content-length");
  // Of a compressed answer the browser itself checks the length.
  if (length && !response.headers.has("content-encoding") && Number(length) !== body.size) throw new Error("cut off");
  // Every file of the site is an object: a server that answers `null` has none.
  if (type === "json" && !isRecord(JSON.parse(await body.text()))) throw new Error("of another kind");
  if (type === "text/html" && !(await body.text()).trimEnd().endsWith("</html>")) throw new Error("cut off");
  return body;
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** A body as an answer that knows when it was kept. */
export function copyOf(body, type, more = {}) {
  return new Response(body, {
    headers: { "content-type": type, "content-length": body.size, [KEPT]: new Date().toISOString(), ...more },
  });
}

/** A copy that stands in for the network says so. */
export function stamped(copy) {
  const headers = new Headers(copy.headers);
  headers.set(COPY, headers.get(KEPT) ?? "");
  return new Response(copy.body, { status: copy.status, headers });
}

/** Keeps a copy of a sound answer among the visited ones; of any other, nothing. */
export async function keep(request, response, type) {
  try {
    const kind = response.headers.get("content-type") ?? "";
    if (!type && !/^(image|font|text\/vtt)/.test(kind)) return;
    const body = await sound(response, type);
    if (body.size > LARGE) return;
    await unlessClosed(VISITED, async () => {
      const cache = await caches.open(VISITED);
      const put = () => cache.put(request, copyOf(body, kind));
      // Full: half of what was opened makes room, once.
      await put().catch(async () => {
        await thin(cache, 0.5);
        await put();
      });
      await thin(cache);
    });
  } catch {
    // The reader has the answer; only the copy is not there.
  }
}

async function thin(cache, share = 1) {
  const keys = await cache.keys();
  for (const kind of ["text", "media"]) {
    const own = keys.filter((request) => from(request) === kind);
    const most = Math.floor(Math.min(own.length, MOST[kind]) * share);
    await Promise.all(own.slice(0, own.length - most).map((request) => cache.delete(request)));
  }
}

export async function forget(request) {
  await (await existing(VISITED))?.delete(request, { ignoreSearch: true });
}
