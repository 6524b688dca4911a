// What can go wrong with a file that the app asks for, and what its reader must see.
//
// - `fault`: what the server does wrong with the file, or (`change`) what is wrong in it
// - `shows`: `failure` (the `sentence`, and a button that tries again), `missing` (the
//   page for what is not there), `story` (the story, with or without the `sentence`)
// - `console`: what the browser itself says of it
// - `wait`: milliseconds of the app's own patience that must pass
// - `whole`: an answer that is sound as far as anybody but the app can tell; a service
//   worker may keep it
import { json, words } from "./dist.mjs";

export const SLUG = "beijing-meeting-on-child-rights-2010";
/** The file the faults are of. */
export const FILE = `articles/en/${SLUG}.json`;
/** What the front page needs; the faults of `anyFile` hold for it as well. */
export const HEAD = "data/v1/en/head.json";

const text = JSON.stringify(json(FILE));
const server = (status) => ({
  fault: { status },
  shows: "failure",
  sentence: words.failed_server.replace("{status}", String(status)),
  console: [new RegExp(`status of ${status}`)],
});
const damaged = (body, more) => ({
  fault: { body, ...more },
  shows: "failure",
  sentence: words.failed_unreadable,
});
const unreachable = (fault) => ({
  fault,
  shows: "failure",
  sentence: words.failed_offline,
  console: [/ERR_/, /request failed/],
});
const notData = (fault) => ({ fault, shows: "failure", sentence: words.failed_not_data });
const silent = (fault, wait) => ({
  fault,
  shows: "failure",
  sentence: words.failed_timeout,
  console: [/request failed/],
  wait,
});
const gone = (status) => ({ fault: { status }, shows: "missing", console: [new RegExp(`status of ${status}`)] });
const changed = (change, sentence) => ({
  fault: { body: JSON.stringify(change(json(FILE))) },
  shows: "story",
  whole: true,
  sentence,
});

/** Of any file. */
export const anyFile = {
  "status 401": server(401),
  "status 429": server(429),
  "status 500": server(500),
  "status 503": server(503),
  "status 511, a network that wants to be signed in to": server(511),
  "the connection is cut": unreachable({ reset: true }),
  "the answer breaks off": unreachable({ truncate: 300 }),
  "a sign-in page answers with status 200": notData({ html: true }),
  "the type is that of text": notData({ type: "text/plain; charset=utf-8" }),
  "there is no type": notData({ type: null }),
  "it is empty": damaged(""),
  "it is another kind of JSON": damaged("[1, 2, 3]"),
  "it is null": damaged("null"),
  "it is not JSON": damaged("<!doctype html><title>Index of /</title>"),
  "it is in another encoding than JSON's": damaged(Buffer.from(text, "utf16le"), {
    type: "application/json; charset=utf-16le",
  }),
  "it is a compressed file nobody unpacks": damaged(Buffer.from([31, 139, 8, 0, 0, 255, 254, 128, 0, 7])),
  "it breaks off in its first word": damaged('{"head'),
  "it is nested a hundred thousand deep": damaged("[".repeat(100_000)),
  "it is silent": silent({ hang: true }, 16_000),
};

/** Of a story's file. */
export const storyFaults = {
  "status 404": gone(404),
  "status 410": gone(410),
  ...anyFile,
  "it comes in drops": { fault: { drip: { bytes: 200, every: 20 } }, shows: "story", whole: true },
  "it begins with a byte-order mark": { fault: { body: `\uFEFF${text}` }, shows: "story", whole: true },
  "it breaks off in the body": {
    fault: { body: text.slice(0, text.indexOf('"type"', text.indexOf('"body"') + 2_000)) },
    shows: "story",
    sentence: words.story_broke_off,
  },
  "it is of a newer format": {
    fault: { body: text.replace(/"schemaVersion":"[^"]*"/, '"schemaVersion":"9.0"') },
    shows: "failure",
    sentence: words.failed_newer,
    whole: true,
  },
  "a block is unknown": changed(
    (story) => ({ ...story, body: [{ type: "hologram", depth: 3 }, ...story.body] }),
    words.block_unknown,
  ),
  "a block is broken": changed(
    (story) => ({ ...story, body: [{ type: "list" }, ...story.body] }),
    words.block_broken,
  ),
  "dates, byline and topics are of other kinds": changed((story) => ({
    ...story,
    datePublished: "yesterday",
    dateModified: 20_091_302,
    byline: { name: [null] },
    subjects: "everything",
    authors: [7, null, {}],
    leadMedia: { type: "image", image: { renditions: "none" } },
    corrections: false,
    relatedLinks: [{ href: "rtsp://nowhere" }],
  })),
};

/** What no reader must ever see of a failure. */
export const PARSER_TEXT = /JSON|SyntaxError|TypeError|Unexpected|undefined|\[object|panicked|line \d+ column|NaN|null/;
