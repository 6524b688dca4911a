// Whether what the built pages say of themselves holds: the head, the link preview
// and the linked data of every page, read by parsers that were not written here.
//
// - parse5 reads the HTML as browsers do (the WHATWG algorithm);
// - TypeScript checks every graph against schema.org's vocabulary, which schema-dts
//   publishes as types: unknown types, unknown properties, values of a wrong kind;
// - @adobe/structured-data-validator knows what Google asks of films, pictures,
//   trails, people and organisations.
//
// node tests/linked-data/validate.mjs [folder]   (dist; it needs nothing from the network)
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import Validator from "@adobe/structured-data-validator";
import { parse } from "parse5";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = resolve(HERE, "../..");
const dist = resolve(process.argv[2] ?? join(ROOT, "dist"));

/** What must be in every head, and how often. */
const ONCE = ["og:site_name", "og:title", "og:type"];
const RASTER = ["image/jpeg", "image/png", "image/webp", "image/gif"];

const problems = [];
let passed = 0;
/** Counts a check; a message only when it does not hold. */
function check(page, holds, message) {
  if (holds) passed += 1;
  else problems.push(`${page}: ${message}`);
  return Boolean(holds);
}

function* htmlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* htmlFiles(path);
    else if (entry.name.endsWith(".html")) yield relative(dist, path).split(sep).join("/");
  }
}

function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child;
    yield* elements(child);
  }
}

const attribute = (element, name) => element.attrs.find((one) => one.name === name)?.value;
const textOf = (element) => element.childNodes.map((node) => node.value ?? "").join("");
const isFile = (path) => {
  try {
    return statSync(join(dist, decodeURIComponent(path))).isFile();
  } catch {
    return false;
  }
};

/** Everything of a page that is asked about below. */
function read(path) {
  const document = parse(readFileSync(join(dist, path), "utf8"));
  const html = document.childNodes.find((node) => node.tagName === "html");
  const head = html.childNodes.find((node) => node.tagName === "head");
  const inHead = [...elements(head)];
  const metas = new Map();
  for (const meta of inHead.filter((element) => element.tagName === "meta")) {
    const name = attribute(meta, "property") ?? attribute(meta, "name");
    if (name) metas.set(name, [...(metas.get(name) ?? []), attribute(meta, "content")]);
  }
  const links = inHead
    .filter((element) => element.tagName === "link")
    .map((link) => Object.fromEntries(link.attrs.map(({ name, value }) => [name, value])));
  const scripts = [...elements(html)]
    .filter((element) => element.tagName === "script")
    .map((script) => ({ type: attribute(script, "type"), src: attribute(script, "src"), text: textOf(script) }));
  return {
    path,
    language: attribute(html, "lang"),
    strangers: inHead
      .map((element) => element.tagName)
      .filter((name) => !["title", "meta", "link", "script", "style"].includes(name)),
    titles: inHead.filter((element) => element.tagName === "title").map(textOf),
    metas,
    links,
    scripts,
  };
}

const pages = [...htmlFiles(dist)].sort().map(read);
const canonical = (page) => page.links.find((link) => link.rel === "canonical")?.href;
const front = pages.find((page) => page.path === "index.html");
if (!front || !canonical(front)) {
  console.error(`${dist} has no front with a canonical address: build the site with snapshots first`);
  process.exit(2);
}
// The front's address ends in its language.
const base = canonical(front).replace(/[^/]+\/$/, "");
/** The path of an address below the site, or nothing. */
const inside = (url) => (url?.startsWith(base) ? url.slice(base.length).split(/[?#]/)[0] : undefined);
const byAddress = new Map(pages.filter((page) => page !== front).map((page) => [canonical(page), page]));

for (const page of pages) {
  const { path, metas, links } = page;
  const one = (name) => metas.get(name)?.[0];
  const robots = one("robots") ?? "";
  const isIndexed = !robots.includes("noindex");

  check(path, page.titles.length === 1 && page.titles[0].trim(), "has not one title");
  check(path, page.strangers.length === 0, `has <${page.strangers[0]}> in its head`);
  check(path, metas.get("robots")?.length === 1, "says not once what search engines may do");
  for (const name of ONCE) check(path, metas.get(name)?.length === 1, `has not one ${name}`);
  for (const [name, values] of metas) {
    check(path, values.every((value) => value?.trim()), `has an empty ${name}`);
  }
  check(path, ["summary", "summary_large_image"].includes(one("twitter:card")), "has no twitter:card");
  const image = one("og:image");
  if (image) {
    const file = inside(image);
    check(path, !file || isFile(file), `shows a picture that is not there: ${image}`);
    const type = one("og:image:type");
    check(path, RASTER.includes(type), `shows a picture of a kind few can open: ${type}`);
    const isLarge = Number(one("og:image:width")) >= 600;
    check(path, isLarge === (one("twitter:card") === "summary_large_image"), "has the wrong card for its picture");
  } else {
    check(path, one("twitter:card") === "summary", "has a large card without a picture");
  }
  if (one("og:video")) {
    const file = inside(one("og:video"));
    check(path, !file || isFile(file), `plays a film that is not there: ${one("og:video")}`);
  }

  const address = canonical(page);
  if (path === "404.html") check(path, !address, "has a canonical address");
  else if (check(path, address && URL.canParse(address), "has no canonical address")) {
    check(path, one("og:url") === address, "has an og:url that is not its canonical address");
  }
  const alternates = links.filter((link) => link.hreflang);
  for (const link of alternates) {
    if (!inside(link.href) || link.hreflang === "x-default") continue;
    const other = byAddress.get(link.href);
    if (!check(path, other, `names a page in ${link.hreflang} that is not there: ${link.href}`)) continue;
    check(path, other.language === link.hreflang, `says ${link.hreflang} of a page in ${other.language}`);
    const back = other.links.some((theirs) => theirs.hreflang && theirs.href === address);
    check(path, back, `is not named by ${other.path}, which it names`);
  }
  for (const link of links.filter(({ rel, hreflang }) => ["alternate", "manifest", "search"].includes(rel) && !hreflang)) {
    const file = new URL(link.href, `file:///${path}`).pathname.slice(1);
    check(path, isFile(file), `links to a file that is not there: ${link.href}`);
  }

  const data = page.scripts.filter(({ type }) => type === "application/ld+json");
  for (const script of page.scripts) {
    const isData = ["application/json", "application/ld+json"].includes(script.type);
    check(path, isData || (script.src && !script.text), "has a script that a strict policy forbids");
  }
  if (!check(path, data.length === (isIndexed ? 1 : 0), `has ${data.length} pieces of linked data`)) continue;
  if (!isIndexed) continue;
  try {
    page.graph = JSON.parse(data[0].text);
    passed += 1;
  } catch (error) {
    problems.push(`${path}: its linked data is no JSON: ${error.message}`);
    continue;
  }
  const types = page.graph["@graph"].map((node) => node["@type"]);
  const expected = /^[^/]+\/(photos|videos)\//.test(path) ? "CollectionPage"
    : path.includes("/photos/") ? "ImageObject"
    : path.includes("/stories/") && !path.includes("/videos/") ? "NewsArticle"
    : /^([^/]+\/)?index\.html$/.test(path) ? "NewsMediaOrganization"
    : "BreadcrumbList";
  check(path, types.includes(expected), `has no ${expected}, only ${types.join(", ")}`);
}

// Every node that is named must be somewhere: on this page, or on another of the site.
const described = new Set();
const walk = (value, visit) => {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (value && typeof value === "object") {
    visit(value);
    for (const inner of Object.values(value)) walk(inner, visit);
  }
};
const withData = pages.filter((page) => page.graph);
for (const page of withData) {
  walk(page.graph["@graph"], (node) => {
    if (node["@id"] && Object.keys(node).length > 1) described.add(node["@id"]);
  });
}
for (const page of withData) {
  walk(page.graph["@graph"], (node) => {
    if (!node["@id"]) return;
    check(page.path, described.has(node["@id"]), `names ${node["@id"]}, which no page describes`);
    const address = node["@id"].split("#")[0];
    const isPage = byAddress.has(address) || address === base;
    check(page.path, isPage, `names ${node["@id"]}, of a page that is not there`);
  });
}

// What Google asks for.
for (const page of withData) {
  const nodes = {};
  for (const node of page.graph["@graph"]) (nodes[node["@type"]] ??= []).push(structuredClone(node));
  // The validator knows an organisation by that name only.
  if (nodes.NewsMediaOrganization) nodes.Organization = nodes.NewsMediaOrganization;
  const issues = await new Validator().validate({ jsonld: nodes, microdata: {}, rdfa: {} });
  const errors = issues.filter((issue) => issue.severity === "ERROR" || issue.rootType === "BreadcrumbList");
  check(page.path, errors.length === 0, errors.map((issue) => `${issue.rootType}: ${issue.issueMessage}`).join("; "));
}

// schema.org's vocabulary: one line of TypeScript for each page, so that an error's
// line says which page it is about.
const folder = mkdtempSync(join(HERE, ".checked-"));
try {
  const lines = ['import type { Graph, SearchAction, WithActionConstraints } from "schema-dts";'];
  const about = [undefined];
  for (const page of withData) {
    // `query-input` belongs to an extension of schema.org's actions that a Graph
    // does not know: the search is checked on its own.
    const graph = structuredClone(page.graph);
    for (const node of graph["@graph"]) {
      if (!node.potentialAction) continue;
      lines.push(`export const action${lines.length}: WithActionConstraints<SearchAction> = ${JSON.stringify(node.potentialAction)};`);
      about.push(page);
      delete node.potentialAction;
    }
    lines.push(`export const page${lines.length}: Graph = ${JSON.stringify(graph)};`);
    about.push(page);
  }
  writeFileSync(join(folder, "graphs.ts"), `${lines.join("\n")}\n`);
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: "nodenext", target: "es2022" };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["graphs.ts"] }));
  const require = createRequire(import.meta.url);
  const tsc = require.resolve("typescript/bin/tsc");
  const run = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
  const wrong = new Set();
  for (const line of run.stdout.split("\n")) {
    const found = /graphs\.ts\((\d+),(\d+)\): (error .*)/.exec(line);
    if (!found) continue;
    const at = Number(found[1]) - 1;
    const near = lines[at].slice(Math.max(0, Number(found[2]) - 20), Number(found[2]) + 60);
    wrong.add(at);
    problems.push(`${about[at]?.path}: not schema.org: ${found[3].slice(0, 300)} … near ${near}`);
  }
  if (run.status !== 0 && wrong.size === 0) {
    problems.push(`the vocabulary could not be checked: ${run.error ?? (run.stdout || run.stderr)}`);
  } else passed += lines.length - 1 - wrong.size;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages, ${withData.length} with linked data`);
console.log(`${passed} passed, ${problems.length} failed`);
process.exit(problems.length === 0 ? 0 : 1);
