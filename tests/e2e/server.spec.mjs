// The server the other specs rest on does what a CDN does.
import { request as plain } from "node:http";
import { expect, test } from "./fixtures.mjs";
import { json, kinds } from "./dist.mjs";

/** A request as it is on the wire: no redirect followed, nothing decompressed. */
function ask(url, headers = {}) {
  return new Promise((done, failed) => {
    plain(url, { headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on("error", failed)
      .end();
  });
}

test("a folder without its slash is redirected to it", async ({ site }) => {
  const answer = await ask(site.url("en?q=1"));
  expect(answer.status).toBe(301);
  expect(answer.headers.location).toBe("/en/?q=1");
});

test("a missing file is 404 with the site's own page, and is not kept", async ({ site }) => {
  const answer = await ask(site.url("assets/app-0000.wasm"));
  expect(answer.status).toBe(404);
  expect(answer.headers["content-type"]).toContain("text/html");
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("hashed files are kept for ever, pages are asked for again", async ({ site }) => {
  const { wasm } = json("assets/assets.json");
  expect((await ask(site.url(wasm.href))).headers["cache-control"]).toContain("immutable");
  expect((await ask(site.url(kinds.story))).headers["cache-control"]).toBe("no-cache");
});

test("text is compressed when asked, validators and ranges work", async ({ site }) => {
  const page = await ask(site.url(kinds.story), { "accept-encoding": "gzip, br" });
  expect(page.headers["content-encoding"]).toBe("br");
  const again = await ask(site.url(kinds.story), { "if-none-match": page.headers.etag });
  expect(again.status).toBe(304);
  const part = await ask(site.url("icons/icon.svg"), { range: "bytes=0-3" });
  expect(part.status).toBe(206);
  expect(part.body.toString()).toHaveLength(4);
});

test("every answer carries the security headers", async ({ site }) => {
  for (const path of [kinds.front, "no/such/file", "site.json"]) {
    const { headers } = await ask(site.url(path));
    expect(headers["content-security-policy"]).toContain("trusted-types dateline-worker");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
});
