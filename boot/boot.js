// Starts the app, or leaves the page as it is.
//
// The page already shows its story (a snapshot written at build time), so
// nothing here may take anything away from the reader: every failure ends with
// the same readable page, its links working as plain links, and a short note.
// The release build merges this file with the wasm-bindgen glue into one module
// and fills in WASM_FILE, STREAM_FILE, their hashes and BUILD.
import start from "glue";

/** Longest wait for the wasm to arrive and compile, milliseconds. */
const TIME_LIMIT = 12_000;
/** Longest wait for the answer to "which version is live?", milliseconds. */
const VERSION_LIMIT = 4_000;
/** A page out of sight for so long may be of yesterday's release, milliseconds. */
const AWAY = 15 * 60_000;
/** Longest wait for the reader's answer to a question of the browser, milliseconds. */
const ANSWER_LIMIT = 5_000;
/** A page whose last image never arrives starts the app anyway, milliseconds. */
const PATIENCE = 3_000;

const state = document.documentElement.dataset;
// Scripts are one folder below the base, so the site works under any path.
const base = new URL("../", import.meta.url);
state.base = base.pathname;
state.boot = "start";

/** A promise that rejects when `milliseconds` are over, and cancels the work. */
function within(milliseconds, work) {
  const abort = new AbortController();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      abort.abort();
      reject(new Error("time"));
    }, milliseconds);
  });
  return Promise.race([work(abort.signal), late]).finally(() => clearTimeout(timer));
}

/**
 * The wasm, checked against its hash and compiled, but not yet running: what
 * arrives after the time limit never reaches the page.
 */
async function compiled(cache, signal) {
  const response = await fetch(new URL(WASM_FILE, import.meta.url), {
    integrity: WASM_INTEGRITY,
    credentials: "same-origin",
    cache,
    signal,
  });
  if (!response.ok) throw new Error("status");
  // Streaming refuses any other type; some hosts send none for wasm.
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

async function load() {
  const attempt = (cache) => within(TIME_LIMIT, (signal) => compiled(cache, signal));
  try {
    return await attempt("default");
  } catch (error) {
    // A reader has waited long enough. Anything else may be a damaged copy in a
    // cache on the way: one more try, past it.
    if (error.message === "time") throw error;
    return attempt("reload");
  }
}

/** The build that is live now, if it is another one than this page's. */
async function newerBuild() {
  try {
    return await within(VERSION_LIMIT, async (signal) => {
      const response = await fetch(new URL("version.json", base), { cache: "no-store", signal });
      const { build } = response.ok ? await response.json() : {};
      return typeof build === "string" && build !== BUILD ? build : undefined;
    });
  } catch {
    return undefined;
  }
}

/**
 * Whether this page was already reloaded for that build. Asked in two ways,
 * because storage may be blocked and then throws.
 */
function reloadedFor(build) {
  if (performance.getEntriesByType("navigation")[0]?.type === "reload") return true;
  const key = `dateline:reloaded:${state.base}`;
  try {
    if (sessionStorage.getItem(key) === build) return true;
    sessionStorage.setItem(key, build);
  } catch {
    // The kind of navigation has to be enough.
  }
  return false;
}

function giveUp(reason) {
  state.boot = "failed";
  state.bootReason = reason;
  const note = document.getElementById("boot-note");
  if (note) note.hidden = false;
}

/**
 * A snapshot can be read already: its picture and fonts come before the wasm.
 * An empty page has nothing to wait for.
 */
function turn() {
  const snapshot = document.getElementById("dateline")?.firstElementChild;
  if (!snapshot || document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener("load", resolve, { once: true });
    const wait = () => setTimeout(resolve, PATIENCE);
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", wait, { once: true });
    else wait();
  });
}

async function boot() {
  if (typeof WebAssembly !== "object") return giveUp("no-wasm");
  await turn();
  let app;
  try {
    app = await load();
  } catch (error) {
    // A page out of a cache may name files that are gone.
    const build = await newerBuild();
    if (build && !reloadedFor(build)) return location.reload();
    return giveUp(error.message === "time" ? "time" : "load");
  }
  try {
    // The app says "ok" itself, once it has adopted the page.
    await start({ module_or_path: app });
  } catch {
    giveUp("start");
  }
}

/** The address of the worker: the only one that the site's policy lets be handed over. */
const WORKER = new URL("sw.js", base).href;
let policy;

/**
 * Installs the worker, because the reader has done something that needs it, and waits
 * until it answers for this page.
 */
async function keep() {
  if (state.worker === "asked" || state.worker === "ready") return;
  state.worker = "asked";
  try {
    // Once in a page: a second policy of this name is refused.
    policy ??= globalThis.trustedTypes?.createPolicy("dateline-worker", {
      createScriptURL(address) {
        if (address !== WORKER) throw new TypeError(address);
        return address;
      },
    });
    const { serviceWorker } = navigator;
    await serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER, { updateViaCache: "none" });
    await within(TIME_LIMIT * 2, () => serviceWorker.ready);
    if (!serviceWorker.controller) {
      await within(TIME_LIMIT, () => new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true })));
    }
    // What is open now was loaded before the worker could keep it.
    const [first] = performance.getEntriesByType("navigation");
    serviceWorker.controller.postMessage({ keep: [first?.name ?? location.href, location.href] });
    state.worker = "ready";
  } catch {
    // A private window, a policy, a host that has no such file.
    state.worker = "refused";
  }
}

/** With a worker, the site may have changed its mind about it: then it goes. */
async function ask() {
  try {
    const response = await fetch(new URL("version.json", base), { cache: "no-store" });
    const { worker } = await response.json();
    if (worker === "off") await clear();
  } catch {
    // No network is no order.
  }
}

/** Looks for a newer release when a reader comes back to a page after a long time. */
function watch() {
  let left = 0;
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "hidden") left = Date.now();
    else if (left && Date.now() - left > AWAY && !state.newer) {
      const build = await newerBuild();
      if (!build) return;
      state.newer = build;
      document.dispatchEvent(new Event("dateline:newer"));
    }
  });
}

/** The reader wants to save a story: the button knows where that is done. */
async function save() {
  const button = document.querySelector("button.keep");
  const address = button?.value;
  if (!address) return;
  button.disabled = true;
  await keep();
  button.disabled = false;
  // A browser that has no worker here says so; everything else can be read as before.
  if (state.worker !== "ready") return document.dispatchEvent(new Event("dateline:refused"));
  // The browser should not delete what was saved when room runs out. It may refuse, or
  // ask its reader, who need not answer: Firefox would wait for ever.
  await within(ANSWER_LIMIT, async () => navigator.storage?.persist?.()).catch(() => {});
  location.assign(address);
}

/**
 * A reader has asked for a film that comes as a stream, and the browser plays none: what
 * plays it is fetched now. The hash is checked where a browser can check a module's;
 * `import` then takes the module that is there.
 */
async function stream({ target }) {
  try {
    const address = new URL(STREAM_FILE, import.meta.url).href;
    const link = document.createElement("link");
    if (link.relList?.supports("modulepreload")) {
      Object.assign(link, { rel: "modulepreload", href: address, integrity: STREAM_INTEGRITY });
      await within(TIME_LIMIT * 2, () => new Promise((resolve, reject) => {
        link.onload = resolve;
        link.onerror = reject;
        document.head.append(link);
      })).finally(() => link.remove());
    }
    (await import(address)).play(target);
  } catch {
    target.dispatchEvent(new Event("error"));
  }
}

/** Deletes everything the site keeps in this browser, and the worker. */
async function clear() {
  navigator.serviceWorker?.controller?.postMessage("clear");
  const registration = await navigator.serviceWorker?.getRegistration(base);
  if (registration?.active?.scriptURL === WORKER) await registration.unregister();
  const prefix = `dateline:${state.base}:`;
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith("dateline:") && key.includes(state.base)) storage.removeItem(key);
  }
  delete state.worker;
}

document.addEventListener("dateline:keep", keep);
document.addEventListener("dateline:save", save);
// Said to the film, which tells nobody above it.
document.addEventListener("dateline:stream", stream, { capture: true });
document.addEventListener("dateline:clear", () => clear().catch(() => {}));
if (navigator.serviceWorker?.controller?.scriptURL === WORKER) {
  state.worker = "ready";
  ask();
}
watch();
boot();
