// Feeds and sitemaps against schemas and readers that others wrote.
//
// FEEDS names the folder they lie in, at any depth; default: dist.
import assert from "node:assert/strict";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import schemaOfJsonFeed from "jsonfeed-schema";
import { ErrorLevel, XMLToSitemapIndexStream, XMLToSitemapItemStream } from "sitemap";
import { memoryPages, validateXML } from "xmllint-wasm";

const FOLDER = process.env.FEEDS ?? "dist";
const files = readdirSync(FOLDER, { recursive: true }).map((path) => join(FOLDER, path));
const named = (name) => files.filter((path) => name.test(basename(path)));

/** The files of a kind; a check of none would prove nothing. */
function some(name) {
  const found = named(name);
  assert.notEqual(found.length, 0, `no ${name} in ${FOLDER}`);
  return found;
}

async function lint(path, schema) {
  const { valid, rawOutput } = await validateXML({
    xml: [{ fileName: basename(path), contents: readFileSync(path, "utf8") }],
    // Fifty megabytes are allowed in a sitemap.
    initialMemoryPages: memoryPages.defaultInitialMemoryPages,
    maxMemoryPages: memoryPages.GiB,
    ...schema,
  });
  assert.ok(valid, `${path}\n${rawOutput}`);
}

async function read(path, reader) {
  const items = [];
  const gathered = new Writable({
    objectMode: true,
    write(item, _encoding, done) {
      items.push(item);
      done();
    },
  });
  await pipeline(createReadStream(path), reader, gathered);
  return items;
}

test("JSON feeds are what the schema of version 1.1 asks for", () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schemaOfJsonFeed);
  for (const path of some(/^feed.*\.json$/)) {
    const feed = JSON.parse(readFileSync(path, "utf8"));
    assert.ok(validate(feed), `${path}\n${JSON.stringify(validate.errors, null, 1)}`);
  }
});

test("Atom and RSS are well-formed for libxml2", async () => {
  for (const path of [...some(/^atom.*\.xml$/), ...some(/^rss.*\.xml$/)]) {
    await lint(path, { normalization: "c14n" });
  }
});

test("sitemaps are what the schema of sitemaps.org asks for", async () => {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("sitemap/package.json"));
  // The schema asks for the schemas of whatever else stands in a sitemap; those of
  // Google come with no package, so its elements are left to the next test.
  const schema = readFileSync(join(folder, "schema/sitemap.xsd"), "utf8").replaceAll(
    'processContents="strict"',
    'processContents="lax"',
  );
  for (const path of some(/^sitemap-.*\.xml$/)) {
    await lint(path, { schema });
  }
});

test("a strict reader knows every element of the sitemaps", async () => {
  let pages = 0;
  for (const path of some(/^sitemap-.*\.xml$/)) {
    const items = await read(path, new XMLToSitemapItemStream({ level: ErrorLevel.THROW }));
    const locs = readFileSync(path, "utf8").match(/<loc>/g) ?? [];
    assert.equal(items.length, locs.length, path);
    pages += items.length;
  }
  assert.notEqual(pages, 0);
});

test("the index names every sitemap and nothing else", async () => {
  for (const path of some(/^sitemap\.xml$/)) {
    const items = await read(path, new XMLToSitemapIndexStream({ level: ErrorLevel.THROW }));
    const told = items.map((item) => basename(new URL(item.url).pathname));
    assert.deepEqual(told.sort(), named(/^sitemap-.*\.xml$/).map((path) => basename(path)).sort());
  }
});
