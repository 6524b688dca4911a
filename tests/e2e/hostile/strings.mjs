// What an attacker, an old system or a broken disk may put where words or addresses
// are wanted: a set of our own (strings.json) and two published ones, out of packages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const own = JSON.parse(readFileSync(new URL("strings.json", import.meta.url), "utf8"));

export const sources = {
  own: [...own.urls, ...own.texts, ...own.repeated.map(([text, times]) => text.repeat(times))],
  naughty: require("big-list-of-naughty-strings/blns.json"),
  // The last release whose package brings the payloads that it is tested with.
  purify: require("dompurify/test/fixtures/expect.js").map(({ payload }) => payload),
};

/** Each string once. */
export const strings = [...new Set(Object.values(sources).flat())];
