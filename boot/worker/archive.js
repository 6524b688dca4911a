// Saved stories as one ZIP file, which opens without this site: every page with its
// pictures and its style, in the folders of the site.
import { Zip, ZipPassThrough } from "fflate";
import { SCOPE } from "./copies.js";
import { everything } from "./saved.js";
import { escaped } from "./shelf.js";

/** The file, as it is made. */
export async function exported() {
  const { records, cache } = await everything();
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const zip = new Zip((error, chunk, isLast) => {
    if (error) return writer.abort(error);
    // A reader who stops the download has had enough.
    writer.write(chunk).catch(() => {});
    if (isLast) writer.close().catch(() => {});
  });
  fill(zip, records, cache).catch((error) => writer.abort(error));
  const day = new Date().toISOString().slice(0, 10);
  return new Response(readable, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="saved-stories-${day}.zip"`,
    },
  });
}

async function fill(zip, records, cache) {
  const add = async (name, bytes) => {
    // Names in UTF-8; pictures and films are compressed already, and text is short.
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(bytes, true);
    await undefined;
  };
  const done = new Set();
  const encoder = new TextEncoder();
  await add("index.html", encoder.encode(contents(records)));
  for (const { files } of records) {
    // A page names a picture in many sizes; the one that is here stands for them.
    const others = [];
    for (const { url } of files) {
      const same = (await cache.match(url))?.headers.get("x-dateline-same");
      if (same) others.push([url.slice(SCOPE.length), same.slice(SCOPE.length)]);
    }
    for (const { url } of files) {
      const path = url.slice(SCOPE.length);
      const copy = await cache.match(url);
      if (!copy || copy.headers.has("x-dateline-same") || done.has(path) || /\.(js|wasm)$/.test(path)) continue;
      done.add(path);
      const isPage = path.endsWith("/");
      if (!isPage) {
        await add(decodeURIComponent(path), new Uint8Array(await copy.arrayBuffer()));
        continue;
      }
      let html = (await copy.text()).replace(/<script type="module"[^>]*><\/script>/g, "");
      for (const [name, other] of others) html = html.replaceAll(name, other);
      await add(`${decodeURIComponent(path)}index.html`, encoder.encode(html));
    }
  }
  zip.end();
}

/** A list of the stories. */
function contents(records) {
  const items = records.map(
    ({ path, headline, language }) =>
      `<li lang="${escaped(language)}" dir="auto"><a href="${escaped(path)}index.html">${escaped(headline)}</a></li>`,
  );
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Saved stories</title><ul>${items.join("")}</ul>\n`;
}
