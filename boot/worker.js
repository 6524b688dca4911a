// The service worker: what a reader has opened or saved can be read without a
// connection.
//
// It lies at one address for ever, because browsers keep asking there: a site that
// wants none publishes one that clears everything away and goes. press writes a line
// before it, `self.dateline = { offline, languages }`. The release build fills in BUILD
// and ASSETS.
//
// `offline` is
// - "visited": the front and the stories a reader has opened are kept, and what was saved
// - "saved": only what was saved; a cache is a reading history
// - "off": nothing, and what was kept is deleted
//
// Nothing but a sound answer is ever kept: status 200, the right type, complete.
import { clearCopies, clearEverything, close, forget, keep, keepShell, match, openApp, prune, SCOPE, sound, stamped } from "./worker/copies.js";
import { exported } from "./worker/archive.js";
import { isSaved, refreshTopics, renew, withdraw } from "./worker/saved.js";
import { shelf } from "./worker/shelf.js";

/** What the site wants. */
const { offline: MODE, languages: LANGUAGES } = self.dateline;
/** How long the network may take before a copy is shown, milliseconds. */
const PAGE_PATIENCE = 5_000;
const STORY_PATIENCE = 4_000;

/** Folders and files of the site. Below a site at `/` others may live, at `/other/`. */
const OURS = new Set(["articles", "assets", "data", "fonts", "i18n", "icons", "media", "pages", "search", "site.json"]);

addEventListener("install", (event) => {
  // Nobody should wait for the end of a worker that only clears up.
  if (MODE === "off") return skipWaiting();
  event.waitUntil(openApp());
});

addEventListener("activate", (event) => {
  event.waitUntil(MODE === "off" ? clearEverything() : prune().then(() => clients.claim()));
});

addEventListener("message", (event) => {
  // A page that clears everything away cannot see what this worker has under way.
  if (event.data === "clear") return event.waitUntil(clearCopies());
  close(false);
  // The pages that were open before there was a worker. The browser has them still.
  const pages = MODE === "visited" ? (event.data?.keep ?? []) : [];
  event.waitUntil(Promise.all([...new Set(pages)].map(opened)));
});

async function opened(address) {
  const url = new URL(address);
  url.hash = "";
  if (url.origin !== location.origin || !url.pathname.startsWith(SCOPE)) return;
  const request = new Request(url, { cache: "force-cache" });
  await after(request, await fetch(request), "text/html");
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (MODE === "off" || url.origin !== location.origin || !url.pathname.startsWith(SCOPE)) return;
  const path = url.pathname.slice(SCOPE.length);
  const [first, second, ...others] = path.split("/");
  if (request.mode === "navigate" && LANGUAGES.includes(first) && second === "saved" && others.join("") === "") {
    return event.respondWith(shelf(event, url, first));
  }
  if (request.method !== "GET") return;
  if (path === "saved.zip") return event.respondWith(exported());
  const isPage = path === "" || LANGUAGES.includes(first);
  if (request.mode === "navigate") {
    if (isPage) event.respondWith(page(event, first));
    return;
  }
  if (!OURS.has(first)) return;
  if (first === "assets") return event.respondWith(asset(request));
  if (first === "media" || first === "fonts" || first === "icons") return event.respondWith(media(event));
  if (first === "articles" || first === "pages") return event.respondWith(story(event));
  event.respondWith(list(event));
});

/** A promise that rejects when the time is over. The work goes on. */
function within(milliseconds, work) {
  return Promise.race([
    work,
    new Promise((_, reject) => setTimeout(() => reject(new Error("time")), milliseconds)),
  ]);
}

/** Requests that have no answer yet. */
const unanswered = new Set();

/**
 * Asks the site. Browsers let a second request for a file wait for the first, to answer
 * both from their cache: who tries again after a silence would wait on, so that request
 * goes past the cache.
 */
async function asked(request) {
  const isAgain = [...unanswered].some(({ url }) => url === request.url);
  unanswered.add(request);
  try {
    return await fetch(request, isAgain ? { cache: "reload" } : undefined);
  } finally {
    unanswered.delete(request);
  }
}

/** A page: from the network if it answers in time, else a copy, else the page that says so. */
async function page(event, first) {
  const { request } = event;
  const live = fetch(request).then((response) => {
    event.waitUntil(after(request, response.clone(), "text/html"));
    return response;
  });
  let answer;
  let isLate = false;
  try {
    answer = await within(PAGE_PATIENCE, live);
    // A redirect is none of our business, and an error page of the site is its answer.
    if (answer.status < 500) {
      event.waitUntil(refreshTopics());
      if (answer.ok && LANGUAGES.includes(first)) event.waitUntil(keepShell(first).catch(() => {}));
      return answer;
    }
  } catch (error) {
    isLate = error.message === "time";
  }
  const copy = await match(request);
  if (copy) return shown(copy);
  if (answer) return answer;
  const language = LANGUAGES.includes(first) ? first : LANGUAGES[0];
  const found = await match(`${SCOPE}${language}/offline/`);
  if (!found) return live;
  const shell = await anywhere(found);
  // A slow answer is better than the sentence that there is none.
  return isLate && navigator.onLine ? live.catch(() => shell) : shell;
}

/** A page that lies two folders down, as it has to be at any other address. */
async function anywhere(page) {
  const html = (await page.text()).replaceAll('="../../', `="${SCOPE}`);
  return new Response(html, { headers: page.headers });
}

/** A copy of a page says of itself when it was made: the page tells its reader. */
async function shown(copy) {
  const made = copy.headers.get("x-dateline-kept") ?? "";
  const html = (await copy.text()).replace("<html ", `<html data-copy="${made}" `);
  return new Response(html, { headers: copy.headers });
}

/** A file named by its content: what is here need not be asked for. */
async function asset(request) {
  return (await match(request)) ?? fetch(request);
}

/** A picture, a film, a font. */
async function media(event) {
  const { request } = event;
  const copy = await match(request);
  if (copy) return ranged(request, copy);
  const response = await fetch(request);
  const isSmall = request.destination !== "video" && request.destination !== "audio";
  if (MODE === "visited" && isSmall) event.waitUntil(keep(request, response.clone()));
  return response;
}

/** A part of a copy, as players ask for it (RFC 9110, section 14). */
async function ranged(request, copy) {
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range || (!range[1] && !range[2])) return copy;
  const body = await copy.blob();
  const size = body.size;
  const start = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
  const end = range[1] && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  const headers = { "content-type": copy.headers.get("content-type") ?? "", "accept-ranges": "bytes" };
  if (start > end) {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  }
  return new Response(body.slice(start, end + 1), {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${size}`, "content-length": end - start + 1 },
  });
}

/** An article: what is true now, as long as the network can tell. */
async function story(event) {
  const { request } = event;
  const live = asked(request).then((response) => {
    event.waitUntil(after(request, response.clone(), "json"));
    return response;
  });
  let answer;
  try {
    answer = await within(STORY_PATIENCE, live);
    // Whatever else is wrong with an answer says nothing of the story.
    if (isGone(answer) || (await sound(answer.clone(), "json"))) return answer;
  } catch {
    // A copy is better than nothing.
  }
  const copy = await match(request);
  return copy ? stamped(copy) : (answer ?? live);
}

const isGone = ({ status }) => status === 404 || status === 410;

/** A list, the words of the interface: what is here at once, and asked for again behind it. */
async function list(event) {
  const { request } = event;
  // The app could not read the copy it got.
  if (request.cache === "reload") return story(event);
  const copy = await match(request);
  const live = asked(request).then((response) => {
    event.waitUntil(after(request, response.clone(), "json"));
    return response;
  });
  if (!copy) return live;
  // Somebody has gone offline, not wrong.
  event.waitUntil(live.catch(() => {}));
  return navigator.onLine ? copy : stamped(copy);
}

/** Keeps an answer, or what it means: a story that is gone is gone here too. */
async function after(request, response, type) {
  if (isGone(response)) {
    await forget(request);
    await withdraw(request);
    return;
  }
  if (await isSaved(request)) await renew(request, response, type);
  else if (MODE === "visited") await keep(request, response, type);
}
