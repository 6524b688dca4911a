// A small server that behaves like a CDN, so that what passes here holds where
// readers are: directory index, a redirect to the slash, a real 404, compression,
// ranges, validators, cache and security headers. It can also misbehave on
// demand, path by path, as networks do.
//
// By hand: node tests/e2e/server.mjs [folder] [--port 8081] [--mount /repo/] [--no-scripts]
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES = {
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".m3u8": "application/vnd.apple.mpegurl",
  ".m4s": "video/iso.segment",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".opus": "audio/ogg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vtt": "text/vtt; charset=utf-8",
  ".wasm": "application/wasm",
  ".webm": "video/webm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};
const COMPRESSED = /^(text\/|application\/(json|wasm|xml|manifest)|image\/svg)/;

const CONTENT = "content-security-policy";
const PERMISSIONS = "permissions-policy";
/** `style-src` of the policy, before what the site allows of its own. */
const STYLES = "style-src 'self'";

/** What a host should send, but for what the site allows of its own. HTTPS-only headers are left out: this is plain HTTP. */
const SECURITY = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    STYLES,
    "img-src 'self'",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "base-uri 'none'",
    // The search form works without scripts; it may go nowhere else.
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types dateline-worker",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "permissions-policy": "autoplay=(self), encrypted-media=(self), fullscreen=(self), picture-in-picture=(self)",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * What a host should send with a site, as its assets.json says. Pages hold the sheet that
 * it calls `first`: the site's front, those of its editions (one folder down), stories
 * (three). `frames` are the origins readers may ask for, and where there is a script of
 * streams, films come from it.
 */
async function securityOf(folder) {
  const text = (path) => readFile(join(folder, path), "utf8").catch(() => undefined);
  const { first, frames, stream } = JSON.parse((await text("assets/assets.json")) ?? "{}");
  let policy = SECURITY[CONTENT];
  let permissions = SECURITY[PERMISSIONS];
  if (stream) policy = policy.replace("media-src 'self'", "media-src 'self' blob:");
  if (frames) {
    policy = policy.replace("frame-src 'none'", `frame-src ${frames.join(" ")}`);
    const quoted = frames.map((origin) => `"${origin}"`).join(" ");
    permissions = permissions.replace(/(encrypted-media|fullscreen|picture-in-picture)=\(self\)/g, `$1=(self ${quoted})`);
  }
  const allowed = { ...SECURITY, [CONTENT]: policy, [PERMISSIONS]: permissions };
  const sheet = first && (await text(first.href));
  if (!sheet) return allowed;
  const hashes = [0, 1, 3].map((depth) => {
    const style = sheet.replaceAll("url(../", `url(${"../".repeat(depth)}`);
    return `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
  });
  return { ...allowed, [CONTENT]: policy.replace(STYLES, [STYLES, ...hashes].join(" ")) };
}

function cacheControl(path, status) {
  // A missing file that is kept for a year stays missing for a year.
  if (status !== 200) return "no-store";
  if (path === "version.json") return "no-store";
  if (/^(assets\/(?!assets\.json)|media\/)/.test(path)) return "public, max-age=31536000, immutable";
  if (/^(articles|pages|data|search|i18n)\//.test(path)) {
    return "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
  }
  return "no-cache";
}

const HTML_ANSWER = "<!doctype html><title>Sign in</title><p>Please sign in to this network.</p>";
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Starts a server on a free port of 127.0.0.1.
 *
 * - `root`: the folder served
 * - `mount`: the path it is served under, slashes at both ends
 * - `scripts: false`: the same pages with every script element cut out
 * - `quality`: of brotli; 11 is what a CDN stores, 5 is quick
 * - `overlay`: texts served in place of files (`{"articles/en/x.json": "…"}`)
 * - `policy: false`: without the content security policy, as a host without headers
 */
export async function startServer({
  root = DIST,
  mount = "/",
  port = 0,
  scripts = true,
  quality = 5,
  overlay = {},
  policy = true,
} = {}) {
  const folder = resolve(root) + sep;
  /** Read with the first request: a test may build its site after the server started. */
  let security;
  async function readSecurity() {
    const { "content-security-policy": content, ...others } = await securityOf(folder);
    return policy ? { ...others, "content-security-policy": content } : others;
  }
  const files = new Map();
  const bodies = new Map();
  const sockets = new Set();
  let faults = [];
  let requests = [];
  let damages = 0;

  async function file(path) {
    if (files.has(path)) return files.get(path);
    let found = null;
    const full = normalize(join(folder, path));
    if (path in overlay) {
      found = { bytes: Buffer.from(overlay[path]), type: TYPES[extname(path)] };
    } else if (full.startsWith(folder)) {
      const info = await stat(full).catch(() => null);
      if (info?.isDirectory()) found = { directory: true };
      else if (info) {
        let bytes = await readFile(full);
        if (!scripts && extname(full) === ".html") bytes = Buffer.from(withoutScripts(bytes.toString()));
        found = { bytes, type: TYPES[extname(full)] ?? "application/octet-stream" };
      }
    }
    if (found?.bytes) found.etag = `"${createHash("sha256").update(found.bytes).digest("hex").slice(0, 20)}"`;
    files.set(path, found);
    return found;
  }

  async function compressed(found, accepted = "") {
    if (!COMPRESSED.test(found.type) || found.bytes.length < 200) return { bytes: found.bytes };
    const encoding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : undefined;
    if (!encoding) return { bytes: found.bytes };
    const key = `${found.etag} ${encoding}`;
    if (!bodies.has(key)) {
      // The promise is kept, so that two requests do not compress the same file twice.
      const parameters = { [constants.BROTLI_PARAM_QUALITY]: quality };
      bodies.set(
        key,
        encoding === "br" ? brotliAsync(found.bytes, { params: parameters }) : gzipAsync(found.bytes),
      );
    }
    return { bytes: await bodies.get(key), encoding };
  }

  /** The first fault that fits a path and has tries left. */
  function faultFor(path) {
    const found = faults.find(
      ({ match, fault }) =>
        fault.times !== 0 && (typeof match === "string" ? match === path : match.test(path)),
    );
    if (found?.fault.times > 0) found.fault.times -= 1;
    return found?.fault.choose ? found.fault.choose(path) : found?.fault;
  }

  async function answer(request, response) {
    security ??= await readSecurity();
    // Joined as a text: resolved, a path of two slashes would name a host.
    const url = new URL(`http://site${request.url}`);
    const entry = { method: request.method, path: url.pathname, headers: request.headers, status: 0 };
    requests.push(entry);
    response.on("finish", () => (entry.status = response.statusCode));
    let pathname;
    try {
      pathname = decodeURIComponent(url.pathname);
    } catch {
      return send(response, 400, { "content-type": "text/plain" }, "bad address");
    }
    if (!pathname.startsWith(mount)) return missing(request, response, "");
    const path = pathname.slice(mount.length);
    // No file lies there, and a redirect to the slash would lead to another host.
    if (/^\/|\/\/|\\/.test(path)) return missing(request, response, "");
    const fault = faultFor(path);
    if (fault && (await misbehave(fault, request, response))) return;

    let name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    let found = await file(name);
    if (found?.directory) {
      if (!(await file(`${name}/index.html`))) return missing(request, response, name);
      return send(response, 301, { location: `${url.pathname}/${url.search}` }, "");
    }
    if (!found) return missing(request, response, name);
    if (fault) found = damaged(found, fault);
    await deliver(request, response, name, found, 200, fault);
  }

  /** Faults that are no answer, or an answer of their own. `true` if nothing is left to do. */
  async function misbehave(fault, request, response) {
    if (fault.hold) await fault.hold;
    if (fault.delay) await pause(fault.delay);
    if (fault.hang) return true;
    if (fault.reset) {
      request.socket.destroy();
      return true;
    }
    if (fault.html) {
      send(response, 200, { "content-type": TYPES[".html"] }, HTML_ANSWER);
      return true;
    }
    if (fault.status) {
      send(response, fault.status, { "content-type": "text/plain" }, `status ${fault.status}`);
      return true;
    }
    return false;
  }

  function damaged(found, fault) {
    let bytes = fault.body === undefined ? found.bytes : Buffer.from(fault.body);
    if (fault.alter !== undefined) {
      bytes = Buffer.from(bytes);
      bytes[fault.alter] ^= 1;
    }
    const type = fault.type === undefined ? found.type : fault.type;
    // A validator of its own each time: compressed bodies are kept by it.
    damages += 1;
    return { ...found, bytes, type, etag: `"damaged-${damages}"` };
  }

  async function missing(request, response, name) {
    const page = await file("404.html");
    if (page?.bytes) return deliver(request, response, name, page, 404);
    send(response, 404, { "content-type": "text/plain" }, "not found");
  }

  async function deliver(request, response, name, found, status, fault) {
    const headers = {
      ...security,
      "cache-control": cacheControl(name, status),
      etag: found.etag,
      vary: "accept-encoding",
    };
    if (found.type) headers["content-type"] = found.type;
    if (name.startsWith("media/")) headers["cross-origin-resource-policy"] = "cross-origin";
    Object.assign(headers, fault?.headers);
    if (status === 200 && !fault && request.headers["if-none-match"] === found.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
    headers["accept-ranges"] = "bytes";
    if (range && status === 200 && (range[1] || range[2])) {
      const size = found.bytes.length;
      const first = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
      const last = range[1] && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
      if (first >= size || first > last) {
        return send(response, 416, { ...headers, "content-range": `bytes */${size}` }, "");
      }
      headers["content-range"] = `bytes ${first}-${last}/${size}`;
      return send(response, 206, headers, found.bytes.subarray(first, last + 1), request.method);
    }
    const { bytes, encoding } = await compressed(found, request.headers["accept-encoding"]);
    if (encoding) headers["content-encoding"] = encoding;
    headers["content-length"] = bytes.length;
    if (fault?.truncate !== undefined) {
      // The length was promised, the connection ends before.
      response.writeHead(status, headers);
      response.write(bytes.subarray(0, fault.truncate), () => response.destroy());
      return;
    }
    if (fault?.drip) {
      response.writeHead(status, headers);
      for (let at = 0; at < bytes.length && !response.destroyed; at += fault.drip.bytes) {
        response.write(bytes.subarray(at, at + fault.drip.bytes));
        await pause(fault.drip.every);
      }
      response.end();
      return;
    }
    send(response, status, headers, bytes, request.method);
  }

  function send(response, status, headers, body, method = "GET") {
    const bytes = Buffer.from(body);
    response.writeHead(status, {
      ...security,
      "cache-control": "no-store",
      ...headers,
      "content-length": bytes.length,
    });
    response.end(method === "HEAD" ? undefined : bytes);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  // Chromium keeps idle connections and may use one at the moment it is closed here.
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;

  return {
    origin,
    mount,
    /** The address of a path below the mount. */
    url: (path = "") => `${origin}${mount}${path.replace(/^\//, "")}`,
    /**
     * Makes a path (below the mount, no leading slash; or a RegExp) misbehave:
     * `{status}`, `{type}` (null: none), `{body}`, `{alter: index}`, `{truncate: bytes}`,
     * `{hang: true}`, `{reset: true}`, `{html: true}`, `{delay: ms}`,
     * `{drip: {bytes, every}}`, `{headers}`, `{hold: promise}`; each with `{times}` if it
     * heals. `{choose: path => fault}` decides anew for each request. The newest fault wins.
     */
    fault(match, fault) {
      faults.unshift({ match, fault: { ...fault } });
    },
    /** Holds answers back until the returned function is called. */
    hold(match) {
      let release;
      const gate = new Promise((open) => (release = open));
      faults.unshift({ match, fault: { hold: gate } });
      return release;
    },
    /** No more faults, and a fresh list of requests. */
    heal() {
      faults = [];
      requests = [];
    },
    /** The folder holds another release now. */
    reread() {
      files.clear();
      security = undefined;
    },
    /** What was asked for since the last `heal`. */
    get requests() {
      return requests;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A page as it would be if it had never had a script. */
export function withoutScripts(html) {
  return html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, "")
    .replace(/<link\b[^>]*\brel="?(modulepreload|preload"? as="?(script|fetch))[^>]*>/g, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const after = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const server = await startServer({
    root: words[0] && !words[0].startsWith("--") ? words[0] : DIST,
    port: Number(after("--port") ?? 8081),
    mount: after("--mount") ?? "/",
    scripts: !words.includes("--no-scripts"),
  });
  console.log(`serving on ${server.url()} (Ctrl-C stops)`);
}
