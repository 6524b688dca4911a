// Before readers have done anything, nothing is asked of them: no request to anybody
// else, no cookie, nothing written into their browser.
import { expect, open, test } from "./fixtures.mjs";
import { kinds, pages } from "./dist.mjs";

test.use({ serviceWorkers: "allow" });

const PAGES = [...new Set([...Object.values(kinds), "", "ar/", "en/search/", ...pages])].slice(0, 24);

/** Counts whatever would be written, whether or not it is there in the end. */
function countWrites() {
  window.writes = [];
  const watch = (prototype, names) => {
    for (const name of names) {
      const original = prototype?.[name];
      if (!original) continue;
      prototype[name] = function (...values) {
        window.writes.push(`${name} ${String(values[0])}`);
        return original.apply(this, values);
      };
    }
  };
  watch(window.Storage?.prototype, ["setItem", "removeItem", "clear"]);
  watch(window.IDBFactory?.prototype, ["open"]);
  watch(window.CacheStorage?.prototype, ["open"]);
  watch(window.ServiceWorkerContainer?.prototype, ["register"]);
  watch(window.StorageManager?.prototype, ["persist", "getDirectory"]);
  watch(window.CookieStore?.prototype, ["set"]);
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie,
    set(value) {
      window.writes.push(`cookie ${value}`);
      cookie.set.call(this, value);
    },
  });
}

/** What the browser holds of this site. */
const held = async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
});

const NOTHING = { cookie: "", local: 0, session: 0, databases: 0, caches: 0, workers: 0 };

test("at least twenty pages are looked at", () => {
  expect(PAGES.length).toBeGreaterThanOrEqual(20);
});

for (const path of PAGES) {
  test(`before any click, /${path} asks nobody else and writes nothing`, async ({ page, context, site }) => {
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    await page.addInitScript(countWrites);
    await open(page, path);
    // What comes in idle time has come by then.
    await page.waitForTimeout(700);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((url) => !url.startsWith(site.origin))).toEqual([]);
    expect(await page.evaluate(() => window.writes)).toEqual([]);
    expect(await page.evaluate(held)).toEqual(NOTHING);
    expect(await context.cookies()).toEqual([]);
  });
}
