// The files of hosts that cannot be run here, read by the parsers of those who made them.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";
import routing from "@vercel/routing-utils";
import Ajv from "ajv";
import { FOLDER, KITES, build, read } from "./sites.mjs";

const BASES = ["/", "/repo/"];
const at = (base) => (base === "/" ? "root" : "repo");

test("Netlify's own parsers read every line", async () => {
  for (const base of BASES) {
    const site = build(base, ["netlify"], `netlify-${at(base)}`);
    const { headers, errors } = await parseAllHeaders({
      headersFiles: [join(site.dist, "_headers")],
      configHeaders: [],
      minimal: false,
    });
    assert.deepEqual(errors, []);
    assert.equal(headers[0].for, `${base}*`);
    // No path in two rules: of one header there would be two values.
    for (const { for: path, values } of headers.slice(1)) {
      for (const name of Object.keys(values)) {
        assert.equal(headers[0].values[name], undefined, `${path} ${name}`);
      }
    }
    const redirects = await parseAllRedirects({
      redirectsFiles: [join(site.dist, "_redirects")],
      configRedirects: [],
      minimal: false,
    });
    assert.deepEqual(redirects.errors, []);
    const ferry = redirects.redirects.find((one) => one.from === `${base}news/2003/11/ferry.asp`);
    assert.deepEqual(ferry.query, { id: "412" });
    for (const one of redirects.redirects) {
      assert.equal(one.status, 301);
      assert.equal(one.force, true);
      assert.match(one.to, /^\/(?![/\\])/);
    }
    assert.match(site.notes.join("\n"), /netlify: 1 of the old addresses .*\/every\/\*\/thing:now/);
  }
});

test("Cloudflare's file keeps to its limits, and queries are told of", () => {
  const site = build("/", ["cloudflare"], "cloudflare");
  for (const line of read(site.dist, "_headers").split("\n")) assert.ok(line.length <= 2000);
  for (const line of read(site.dist, "_redirects").trim().split("\n").slice(1)) {
    assert.match(line, /^\/[^ *:]* \/[^ *:]+ 301$/);
    assert.ok(line.length <= 1000);
  }
  assert.match(site.notes.join("\n"), /cloudflare: \d+ of the old addresses will not be found there/);
});

test("Vercel's own schemas and compiler take the file", () => {
  for (const base of BASES) {
    const site = build(base, ["vercel"], `vercel-${at(base)}`);
    const { $schema: _, ...file } = JSON.parse(read(site.dist, "vercel.json"));
    const ajv = new Ajv({ strict: false });
    for (const [name, schema] of [
      ["headers", routing.headersSchema],
      ["redirects", routing.redirectsSchema],
      ["trailingSlash", routing.trailingSlashSchema],
    ]) {
      assert.ok(ajv.validate(schema, file[name]), `${name}: ${ajv.errorsText()}`);
    }
    const { routes, error } = routing.getTransformedRoutes(file);
    assert.equal(error, null);
    const leads = (path, query = {}) =>
      routes.find(
        (route) =>
          route.status === 301 &&
          new RegExp(route.src).test(path) &&
          (route.has ?? []).every(({ key, value }) => new RegExp(`^${value}$`).test(query[key] ?? "")),
      )?.headers.Location;
    assert.equal(leads(`${base}science/kites.html`), base + KITES);
    assert.equal(leads(`${base}every/%2A/thing%3Anow`), base + KITES);
    assert.match(leads(`${base}news/2003/11/ferry.asp`, { id: "412" }), /night-ferry/);
    assert.equal(leads(`${base}news/2003/11/ferry.asp`, { id: "413" }), undefined);
    const immutable = routes.filter((route) => /immutable/.test(route.headers?.["cache-control"] ?? ""));
    assert.ok(immutable.length > 0 && immutable.every((route) => !new RegExp(route.src).test(`${base}en/`)));
  }
});

test("Azure's and Firebase's files say where every page that is missing leads", () => {
  const site = build("/", ["azure", "firebase"], "azure");
  const azure = JSON.parse(read(site.dist, "staticwebapp.config.json"));
  assert.ok(read(site.dist, "staticwebapp.config.json").length <= 20_000);
  assert.deepEqual(azure.responseOverrides, { 404: { rewrite: "/404.html" } });
  assert.equal(azure.navigationFallback, undefined);
  const first = (path) =>
    azure.routes.find(({ route }) => route === path || (route.endsWith("*") && path.startsWith(route.slice(0, -1))));
  assert.equal(first("/assets/assets.json").headers["cache-control"], "no-cache");
  assert.match(first("/assets/x.js").headers["cache-control"], /immutable/);
  assert.equal(first("/science/kites.html").redirect, `/${KITES}`);
  const { hosting } = JSON.parse(read(site.dist, "firebase.json"));
  assert.ok(hosting.redirects.some((one) => one.source === "/science/kites.html" && one.type === 301));
  assert.equal(hosting.rewrites, undefined);
});

test("on GitHub and GitLab old addresses have pages, and pages their policy", () => {
  const github = build("/repo/", ["github"], "github-repo");
  assert.ok(existsSync(join(github.dist, ".nojekyll")));
  const stub = read(github.dist, "science/kites.html");
  assert.match(stub, /<html lang="en" dir="ltr">/);
  assert.match(stub, new RegExp(`http-equiv="refresh" content="0; url=\\.\\./${KITES}"`));
  assert.match(stub, new RegExp(`rel="canonical" href="https://news.example/repo/${KITES}"`));
  assert.match(stub, /http-equiv="Content-Security-Policy"/);
  assert.match(read(github.dist, "arabic/infobycountry/china_56782.html"), /lang="ar" dir="rtl"/);
  const page = read(github.dist, `${KITES}index.html`);
  assert.ok(page.indexOf("Content-Security-Policy") < page.indexOf("<link"));
  assert.ok(!/frame-ancestors/.test(page));
  assert.ok(!existsSync(join(github.dist, "news/2003/11/ferry.asp")), "a query has no page");
  const gitlab = build("/repo/", ["gitlab"], "gitlab");
  assert.match(read(gitlab.dist, "_redirects"), new RegExp(`^/repo/science/kites.html /repo/${KITES} 301$`, "m"));
  assert.ok(!existsSync(join(gitlab.dist, "science/kites.html")));
});

/** The function of CloudFront, with a store in memory for CloudFront's. */
async function cloudfront(site, name) {
  const store = JSON.parse(read(site.beside, "s3/redirects.json")).data;
  const module = join(FOLDER, `${name}.mjs`);
  const source = readFileSync(join(site.beside, "s3/function.js"), "utf8");
  writeFileSync(
    module,
    `${source.replace(
      "import cf from 'cloudfront';",
      `const entries = new Map(${JSON.stringify(store.map(({ key, value }) => [key, value]))});
const cf = { kvs: () => ({ get: async (key) => { if (!entries.has(key)) throw new Error('KeyNotFound'); return entries.get(key); } }) };`,
    )}\nexport { handler };\n`,
  );
  const { handler } = await import(`${pathToFileURL(module)}?${Date.now()}`);
  return (uri, querystring = {}) => handler({ request: { uri, querystring, method: "GET" } });
}

test("CloudFront's function finds pages, old addresses, and no way out", async () => {
  for (const base of BASES) {
    const site = build(base, ["s3"], `s3-${at(base)}`);
    const ask = await cloudfront(site, `s3-${at(base)}`);
    assert.equal((await ask(base)).uri, `${base}index.html`);
    assert.equal((await ask(`${base}v1.2/`)).uri, `${base}v1.2/index.html`);
    assert.equal((await ask(`${base}assets/app.wasm`)).uri, `${base}assets/app.wasm`);
    assert.equal((await ask(`${base}.well-known/acme-challenge/token`)).uri, `${base}.well-known/acme-challenge/token`);
    const leads = async (path, query) => {
      const answer = await ask(path, query);
      if (answer.statusCode === undefined) return undefined;
      assert.equal(answer.statusCode, 301);
      assert.equal(answer.headers["cache-control"].value, "no-store");
      assert.match(answer.headers["content-security-policy"].value, /default-src 'none'/);
      return answer.headers.location.value;
    };
    assert.equal(await leads(`${base}en`), `${base}en/`);
    assert.equal(await leads(`${base}en`, { x: { value: "1" } }), `${base}en/?x=1`);
    assert.equal(await leads(`${base}science/kites.html`), base + KITES);
    assert.equal(await leads(`${base}science/kites.html`, { a: { value: "b" } }), base + KITES);
    assert.match(await leads(base, { p: { value: "412" } }), /night-ferry/);
    assert.equal(await leads(`${base}old/${encodeURIComponent("قارب")}`), base + KITES);
    for (const path of ["//evil.example", "/\\evil.example", "///evil.example/x", "//evil.example/%2e%2e", "/%"]) {
      const to = await leads(path);
      if (to !== undefined) assert.match(to, /^\/(?![/\\])/, path);
    }
  }
});

test("a second build changes nothing", () => {
  const site = build("/", ["github", "vercel", "nginx", "caddy", "s3"], "again");
  const again = JSON.parse(site.press("--format", "json"));
  assert.deepEqual(again.written, []);
  assert.deepEqual(again.removed, []);
});
