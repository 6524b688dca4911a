// What nginx and Caddy say of a site, set up with the files of `press build --host`.
//
// Debian's packages, on 127.0.0.1, at `/` and under `/repo/`.
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { ask, caddy, nginx } from "./servers.mjs";
import { build, FOLDER, KITES, read } from "./sites.mjs";

const FOR_EVER = "public, max-age=31536000, immutable";
const A_MINUTE = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
const HTML = "text/html; charset=utf-8";
const BEIJING = "en/stories/beijing-meeting-on-child-rights-2010/";
const FERRY = "en/stories/night-ferry-last-crossing-2003/";
const ARABIC = `ar/stories/${encodeURIComponent("اجتماع-بكين-لحقوق-الطفل-2010")}/`;

/** Paths below the base, and what must be said of them. `to` is below the base too. */
function cases(dist) {
  const assets = readdirSync(join(dist, "assets"));
  const asset = (pattern) => `assets/${assets.find((name) => pattern.test(name))}`;
  const page = { status: 200, type: HTML, cache: "no-cache", packed: true };
  const missing = { status: 404, type: HTML, cache: "no-store" };
  const moved = (to) => ({ status: [301, 308], cache: "no-store", to });
  const story = (to) => ({ status: 301, cache: "no-store", to });
  const data = (type, cache = A_MINUTE) => ({ status: 200, type, cache });
  const hashed = (type, packed) => ({ status: 200, type, cache: FOR_EVER, packed });
  const picture = (type) => ({ ...hashed(type, false), shared: true });
  return [
    ["", page],
    ["index.html", page],
    ["?p=1", page],
    ["en/", page],
    ["en", moved("en/")],
    ["en?x=1", moved("en/?x=1")],
    ["fr/", page],
    [KITES, page],
    [KITES.slice(0, -1), moved(KITES)],
    [`${KITES}?utm=1`, page],
    [`${KITES}index.html`, { ...page, orMoved: KITES }],
    [ARABIC, page],
    [ARABIC.toLowerCase(), page],
    [ARABIC.slice(0, -1), moved(ARABIC)],
    ["en/search/?q=ferry", page],
    ["EN/", missing],
    [KITES.toUpperCase(), missing],
    ["en/stories/nothing/", missing],
    ["nothing", missing],
    ["404.html", { ...page, cache: undefined }],
    [asset(/^boot.*\.js$/), hashed("text/javascript; charset=utf-8", true)],
    [asset(/\.wasm$/), hashed("application/wasm", true)],
    [asset(/\.css$/), hashed("text/css; charset=utf-8", true)],
    ["assets/assets.json", data("application/json", "no-cache")],
    ["assets/boot-gone.js", missing],
    ["assets/", missing],
    ["media/red-boat/480.jpg", picture("image/jpeg")],
    ["media/paper-boats-film/360.mp4", picture("video/mp4")],
    ["media/paper-boats-film/en.vtt", picture("text/vtt; charset=utf-8")],
    ["media/gone/480.avif", missing],
    ["media/", missing],
    ["articles/en/how-a-kite-stays-up.json", { ...data("application/json"), packed: true }],
    ["data/v1/en/head.json", { ...data("application/json"), packed: true }],
    ["data/v1/en/gone.json", missing],
    ["i18n/en.json", { ...data("application/json"), packed: true }],
    ["version.json", data("application/json", "no-store")],
    ["site.json", data("application/json", "no-cache")],
    ["en/atom.xml", data("application/atom+xml", "no-cache")],
    ["en/rss.xml", data("application/rss+xml", "no-cache")],
    ["en/feed.json", data("application/feed+json", "no-cache")],
    ["en/opensearch.xml", data("application/opensearchdescription+xml", "no-cache")],
    ["en/manifest.json", data("application/json", "no-cache")],
    ["sitemap.xml", data("application/xml", "no-cache")],
    ["robots.txt", data("text/plain; charset=utf-8", "no-cache")],
    ["llms.txt", data("text/plain; charset=utf-8", "no-cache")],
    ["icons/icon.svg", data("image/svg+xml", "no-cache")],
    ["fonts/source-serif-4-latin-wght-normal.woff2", data("font/woff2", "no-cache")],
    [".secret", missing],
    ["en/.secret", missing],
    [".git/config", missing],
    [".well-known/security.txt", data("text/plain; charset=utf-8", "no-cache")],
    ["infobycountry/china_56782.html", story(BEIJING)],
    ["infobycountry/china_56782.html?p=printme", story(BEIJING)],
    ["infobycountry/china_56782.html?anything=else", story(BEIJING)],
    ["news/2003/11/ferry.asp?id=412", story(FERRY)],
    ["news/2003/11/ferry.asp?id=413", missing],
    ["news/2003/11/ferry.asp", missing],
    ["?p=412", story(FERRY)],
    ["video/2003/night_ferry.html", story(FERRY)],
    // nginx compares without regard to case; all others with.
    ["Video/2003/night_ferry.html", { ...missing, onNginx: story(FERRY) }],
    ["arabic/infobycountry/china_56782.html", story(ARABIC)],
    [`old/${encodeURIComponent("قارب")}`, story(KITES)],
    [`old/${encodeURIComponent("قارب")}/`, story(KITES)],
    ["a%20b/with%20space.html", story(KITES)],
    ["quoted/%22it%22", story(KITES)],
    ["every/*/thing:now", story(KITES)],
  ];
}

/** What would lead to another site, or out of the folder. */
const HOSTILE = [
  "//evil.example/%2e%2e",
  "//evil.example/",
  "//evil.example",
  "///evil.example//",
  "//en",
  "/\\evil.example/",
  "/%5cevil.example/",
  "/%5c%5cevil.example",
  "//evil.example/en",
  "/%2f%2fevil.example/",
  "//evil.example/?p=412",
  "/.//evil.example/",
  "/../../../../../etc/passwd",
  "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
  "/..%2f..%2f..%2f..%2fetc/passwd",
  "/en/..%5c..%5cetc/passwd",
  "/%00",
  "/en%00.html",
  "/en/%0d%0aset-cookie:x=1",
  "/en?{env.HOME}",
  "/{env.HOME}",
  "//en?x=1",
];

for (const base of ["/", "/repo/"]) {
  describe(`a site at ${base}`, () => {
    const site = build(base, ["nginx", "caddy", "netlify"]);
    // Somebody has left a file there that is nobody's business.
    for (const folder of [".", "en"]) writeFileSync(join(site.dist, folder, ".secret"), "secret\n");
    /** The headers of every answer, as another host's file has them. */
    const everywhere = Object.fromEntries(
      read(site.dist, "_headers")
        .split(/^(?=\/)/m)
        .find((block) => block.startsWith(`${base}*\n`))
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(/: (.*)/s)),
    );

    test("the policy lets nothing in but the site's own, and the frames that its stories use", () => {
      const whole = everywhere["content-security-policy"];
      const frames = / frame-src ([^;]+);/.exec(whole)?.[1];
      assert.equal(frames, "https://www.openstreetmap.org https://www.youtube-nocookie.com");
      const policy = whole.replace(frames, "");
      for (const words of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "trusted-types dateline-worker", "upgrade-insecure-requests"]) {
        assert.ok(policy.includes(words), words);
      }
      assert.ok(!/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|https:/.test(policy), policy);
      assert.match(everywhere["strict-transport-security"], /max-age=\d{8}/);
    });

    for (const open of [nginx, caddy]) {
      describe(open.name, () => {
        let server;
        before(async () => {
          server = await open(site, base === "/" ? "root" : "repo");
        });
        after(() => server?.stop());

        /** Security headers, and that errors and redirects are not kept. */
        function sound(answer, path, { shared = false } = {}) {
          for (const [name, value] of Object.entries(everywhere)) {
            assert.equal(answer.headers[name], value, `${path}: ${name}`);
          }
          assert.equal(
            answer.headers["cross-origin-resource-policy"],
            shared ? "cross-origin" : "same-origin",
            path,
          );
          assert.equal(answer.headers["set-cookie"], undefined);
          assert.ok(!/\d/.test(answer.headers.server ?? ""), "the server tells its version");
        }

        test("its own check finds the files sound", () => {
          assert.equal(server.check.status, 0, server.check.stderr);
          assert.ok(!/\[warn\]/.test(server.check.stderr), server.check.stderr);
        });

        for (const [path, { onNginx, ...otherwise }] of cases(site.dist)) {
          const wanted = (open === nginx && onNginx) || otherwise;
          test(`${wanted.status} ${decodeURI(path) || "the front"}`, async () => {
            const answer = await ask(server, base + path);
            if (wanted.orMoved !== undefined && answer.status !== wanted.status) {
              assert.ok([301, 308].includes(answer.status));
              assert.equal(new URL(answer.headers.location, `http://x${base}${path}`).pathname, base + wanted.orMoved);
              return;
            }
            assert.ok([wanted.status].flat().includes(answer.status), `${answer.status}`);
            sound(answer, path, wanted);
            if (wanted.type) assert.equal(answer.headers["content-type"], wanted.type);
            if (wanted.cache) assert.equal(answer.headers["cache-control"], wanted.cache);
            if (wanted.to) assert.equal(answer.headers.location, base + wanted.to);
            if (answer.status === 404) assert.match(answer.body.toString(), /<html lang="en"/);
            if (wanted.packed) {
              assert.match(answer.headers.vary ?? "", /accept-encoding/i, "vary");
            }
          });
        }

        test("text comes compressed as it is asked for, and is the same text", async () => {
          const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
          for (const path of ["", KITES, cases(site.dist).find(([path]) => path.endsWith(".wasm"))[0]]) {
            const plain = await ask(server, base + path);
            assert.equal(plain.headers["content-encoding"], undefined);
            for (const encoding of server.sends) {
              const packed = await ask(server, base + path, { headers: { "accept-encoding": encoding } });
              assert.equal(packed.headers["content-encoding"], encoding, path);
              assert.match(packed.headers.vary, /accept-encoding/i);
              assert.equal(packed.headers["content-type"], plain.headers["content-type"]);
              sound(packed, path);
              assert.ok(unpack[encoding](packed.body).equals(plain.body));
            }
            const best = await ask(server, base + path, { headers: { "accept-encoding": "gzip, deflate, br" } });
            assert.equal(best.headers["content-encoding"], server.sends[0]);
          }
        });

        test("a part of a film comes alone, and one beyond its end is refused", async () => {
          const path = `${base}media/paper-boats-film/360.mp4`;
          const part = await ask(server, path, { headers: { range: "bytes=10-109" } });
          assert.equal(part.status, 206);
          assert.equal(part.body.length, 100);
          assert.match(part.headers["content-range"], /^bytes 10-109\/\d+$/);
          assert.equal(part.headers["cache-control"], FOR_EVER);
          sound(part, path, { shared: true });
          const beyond = await ask(server, path, { headers: { range: "bytes=999999999-" } });
          assert.equal(beyond.status, 416);
          assert.match(beyond.headers["content-range"], /^bytes \*\/\d+$/);
          // nginx says every header of a refusal twice, and of the cache no-store at last;
          // Caddy leaves the file's. Browsers keep no 416.
          if (open === nginx) {
            for (const [name, value] of Object.entries(beyond.headers)) {
              const half = value.slice(0, (value.length - 2) / 2);
              if (value === `${half}, ${half}`) beyond.headers[name] = half;
            }
            assert.match(beyond.headers["cache-control"], /no-store$/);
          }
          sound(beyond, path, { shared: true });
        });

        test("what a browser has already is not sent again", async () => {
          const path = base + KITES;
          const first = await ask(server, path);
          const again = await ask(server, path, { headers: { "if-none-match": first.headers.etag } });
          assert.equal(again.status, 304);
          assert.equal(again.body.length, 0);
          assert.equal(again.headers["cache-control"], "no-cache");
          sound(again, path);
        });

        test("HEAD says what GET says, and nothing can be written", async () => {
          const [get, head] = await Promise.all([
            ask(server, base),
            ask(server, base, { method: "HEAD" }),
          ]);
          assert.equal(head.status, 200);
          assert.equal(head.body.length, 0);
          assert.equal(head.headers["content-type"], get.headers["content-type"]);
          for (const method of ["POST", "PUT", "DELETE"]) {
            const answer = await ask(server, base, { method });
            assert.equal(answer.status, 405);
            sound(answer, method);
          }
        });

        test("no address leads to another site or out of the folder", async () => {
          for (const path of HOSTILE.flatMap((path) => (base === "/" ? [path] : [path, base + path.slice(1), base + path]))) {
            const answer = await ask(server, path);
            const { location } = answer.headers;
            if (location !== undefined) {
              const to = new URL(location, "http://news.example/");
              assert.equal(to.host, "news.example", `${path} → ${location}`);
              assert.ok(!/^[/\\]{2}/.test(location), `${path} → ${location}`);
            }
            assert.equal(answer.headers["set-cookie"], undefined, path);
            assert.ok(!/^root:[^:]*:0:0:/m.test(answer.body), path);
            assert.ok(!(location ?? "").includes(FOLDER), `${path} → ${location}`);
            assert.ok(answer.status < 500, `${path}: ${answer.status}`);
          }
        });

        if (base !== "/") {
          test("the path without its slash leads to the site", async () => {
            const answer = await ask(server, base.slice(0, -1));
            assert.ok([301, 308].includes(answer.status));
            assert.equal(answer.headers.location, base);
            sound(answer, base);
          });
        }
      });
    }
  });
}
