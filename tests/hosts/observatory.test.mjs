// Mozilla's HTTP Observatory on what nginx and Caddy answer.
//
// The scorer wants a name and a certificate; it is given the answers of the servers here
// as if they had come over HTTPS, with plain HTTP leading there, as docs/hosting.md says.
import assert from "node:assert/strict";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { after, test } from "node:test";
import { AxiosHeaders } from "axios";
import { ask, caddy, nginx } from "./servers.mjs";
import { build, KITES } from "./sites.mjs";

// The list of preloaded names is downloaded when the package is installed with scripts.
// The site is on no such list.
const { readFileSync } = fs;
fs.readFileSync = (path, ...more) =>
  String(path).endsWith("hsts-preload.json") ? "{}" : readFileSync(path, ...more);
syncBuiltinESMExports();

const OBSERVATORY = "@mdn/mdn-http-observatory/src";
const { ALL_TESTS } = await import(`${OBSERVATORY}/constants.js`);
const { getGradeForScore, getScoreModifier } = await import(`${OBSERVATORY}/grader/grader.js`);
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import(`${OBSERVATORY}/grader/charts.js`);
const { Requests } = await import(`${OBSERVATORY}/types.js`);
const { parseHttpEquivHeaders } = await import(`${OBSERVATORY}/retriever/utils.js`);

/** The grade, the score and what was found, of an answer to a GET. */
export function judged(answer) {
  const html = answer.body.toString();
  const response = () => ({
    headers: new AxiosHeaders(answer.headers),
    request: { headers: new AxiosHeaders() },
    status: answer.status,
    statusText: "",
    verified: true,
    data: html,
    config: { headers: new AxiosHeaders() },
  });
  const requests = new Requests("news.example");
  requests.resources.path = html;
  for (const kind of ["auto", "cors", "http", "https"]) requests.responses[kind] = response();
  requests.responses.httpRedirects = [
    { url: new URL("http://news.example/"), status: 301 },
    { url: new URL("https://news.example/"), status: 200 },
  ];
  requests.responses.httpsRedirects = [{ url: new URL("https://news.example/"), status: 200 }];
  requests.session = { url: new URL("https://news.example/"), jar: { serializeSync: () => ({ cookies: [] }) } };
  requests.responses.auto.httpEquiv = parseHttpEquivHeaders(html, "https://news.example/");
  const results = ALL_TESTS.map((each) => each(requests));
  const modifiers = results.map((result) => getScoreModifier(result.result));
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 100);
  // Extra points count for those only who have an A without them.
  const plain = sum(modifiers.filter((one) => one < 0));
  const { grade, score } = getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : plain);
  return { grade, score, passed: results.filter((one) => one.pass).length, of: results.length, results: results.map((one) => one.result) };
}

const site = build("/", ["nginx", "caddy"], "observatory");
for (const open of [nginx, caddy]) {
  test(`${open.name} gets an A+ for the front, a story and a missing page`, async () => {
    const server = await open(site, "observatory");
    after(() => server.stop());
    for (const path of ["/", `/${KITES}`, "/nothing/"]) {
      const { grade, score, passed, of, results } = judged(await ask(server, path));
      assert.equal(grade, "A+", results.join(", "));
      assert.equal(passed, of, results.join(", "));
      console.log(`${open.name} ${path}: ${grade} ${score}, ${passed} of ${of}`);
    }
  });
}

test("pages that carry their policy themselves pass every test but those of headers", () => {
  const github = build("/", ["github"], "github");
  const html = fs.readFileSync(`${github.dist}/${KITES}index.html`);
  const type = { "content-type": "text/html; charset=utf-8" };
  const none = judged({ status: 200, headers: type, body: html });
  assert.ok(none.results.some((one) => /csp-implemented-with-no-unsafe/.test(one)), none.results.join(", "));
  assert.ok(none.score >= 55, `${none.score}: ${none.results.join(", ")}`);
  // A host that sends only HTTPS says so itself.
  const hsts = { "strict-transport-security": "max-age=31556952" };
  const some = judged({ status: 200, headers: { ...type, ...hsts }, body: html });
  assert.ok(some.score >= 75, `${some.score}: ${some.results.join(", ")}`);
  console.log(`without headers: ${none.grade} ${none.score}, with HSTS alone: ${some.grade} ${some.score}`);
});
