// What can go wrong at the start of a page, and how it must end: run in Chromium by
// boot.spec.mjs, in Firefox and WebKit by engines.mjs.
//
// - `faults`: what the server does wrong, `[path, fault]` each
// - `init`: what is wrong with the browser, run before any script of the page
// - `ends`: `ok` (the app runs), `failed` (the boot script says so, with `reason`),
//   `alarm` (no script ever ran: the style shows the note)
// - `endsIn`: how it ends in an engine that does otherwise: WebKit starts a module while
//   a sheet in the body is still on its way
// - `otherwise`: the reason another engine than Chromium may have
// - `note`: false where the page broke off before it
// - `loads`: how often the page is asked for, 1 unless told
// - `tries`: how often the wasm is asked for, where that is certain
// - `slow`: it takes the boot script's whole patience to end
import { kinds, read } from "./dist.mjs";

export const WASM = /^assets\/app-.*\.wasm$/;
export const BOOT = /^assets\/boot-.*\.js$/;
const STYLE = /^assets\/style-.*\.css$/;
const FONTS = /^fonts\//;
const MEDIA = /^media\//;
const VERSION = "version.json";
const PAGE = kinds.story;

const html = read(`${PAGE}index.html`);
const data = html.indexOf('id="data">') + 'id="data">'.length;
const dataEnd = html.indexOf("</script>", data);
const another = { body: JSON.stringify({ build: "another" }) };

/** Storage that throws, as with all site data blocked. */
function blockStorage() {
  const denied = () => {
    throw new DOMException("denied", "SecurityError");
  };
  for (const name of ["sessionStorage", "localStorage", "indexedDB", "caches"]) {
    Object.defineProperty(window, name, { get: denied });
  }
}

const load = { ends: "failed", reason: "load" };
const alarm = { ends: "alarm" };
const ok = { ends: "ok" };
const gone = [WASM, { status: 404 }];

export const bootFaults = {
  "wasm missing": { faults: [gone], ...load, tries: 2 },
  "wasm answered with status 500": { faults: [[WASM, { status: 500 }]], ...load, tries: 2 },
  "wasm answered by a sign-in page": { faults: [[WASM, { html: true }]], ...load, tries: 2 },
  "HTML with the type of wasm": { faults: [[WASM, { body: "<!doctype html>" }]], ...load, tries: 2 },
  "wasm altered by one bit": { faults: [[WASM, { alter: 1000 }]], ...load, tries: 2 },
  "wasm empty": { faults: [[WASM, { body: "" }]], ...load, tries: 2 },
  "wasm cut short": { faults: [[WASM, { truncate: 1000 }]], ...load },
  "wasm connection cut": { faults: [[WASM, { reset: true }]], ...load },
  "wasm silent": { faults: [[WASM, { hang: true }]], ends: "failed", reason: "time", tries: 1, slow: true },
  "wasm in drops": {
    faults: [[WASM, { drip: { bytes: 100, every: 500 } }]],
    ends: "failed",
    reason: "time",
    tries: 1,
    slow: true,
  },
  "wasm damaged once": { faults: [[WASM, { alter: 1000, times: 1 }]], ...ok, tries: 2 },
  "wasm as octet-stream": { faults: [[WASM, { type: "application/octet-stream" }]], ...ok },
  "wasm as text": { faults: [[WASM, { type: "text/plain" }]], ...ok },
  "wasm without a type": { faults: [[WASM, { type: null }]], ...ok },
  "wasm forbidden by the host's policy": {
    faults: [
      [
        PAGE,
        {
          headers: {
            "content-security-policy":
              "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; connect-src 'self'",
          },
        },
      ],
    ],
    ...load,
    // WebKit compiles it all the same, and then does not let it start.
    otherwise: "start",
  },
  "no WebAssembly": { init: () => delete globalThis.WebAssembly, ends: "failed", reason: "no-wasm", tries: 0 },
  "no memory for the wasm": {
    init: () => (WebAssembly.instantiate = () => Promise.reject(new RangeError("out of memory"))),
    ends: "failed",
    reason: "start",
  },

  "boot script missing": { faults: [[BOOT, { status: 404 }]], ...alarm },
  "boot script answered with status 500": { faults: [[BOOT, { status: 500 }]], ...alarm },
  "boot script answered by a sign-in page": { faults: [[BOOT, { html: true }]], ...alarm },
  "boot script altered by one bit": { faults: [[BOOT, { alter: 100 }]], ...alarm },
  "boot script empty": { faults: [[BOOT, { body: "" }]], ...alarm },
  "boot script cut short": { faults: [[BOOT, { truncate: 1000 }]], ...alarm },
  "boot script connection cut": { faults: [[BOOT, { reset: true }]], ...alarm },
  "boot script with a wrong type": { faults: [[BOOT, { type: "text/plain" }]], ...alarm },
  "boot script silent": { faults: [[BOOT, { hang: true }]], ...alarm },

  "style sheet missing": { faults: [[STYLE, { status: 404 }]], ...ok },
  "style sheet altered by one bit": { faults: [[STYLE, { alter: 100 }]], ...ok },
  "style sheet answered by a sign-in page": { faults: [[STYLE, { html: true }]], ...ok },
  // A script waits for the sheets before it; the story does not.
  "style sheet silent": { faults: [[STYLE, { hang: true }]], ...alarm, endsIn: { WebKit: "ok" } },
  "typefaces missing": { faults: [[FONTS, { status: 404 }]], ...ok },
  "typefaces silent": { faults: [[FONTS, { hang: true }]], ...ok },
  "pictures missing": { faults: [[MEDIA, { status: 404 }]], ...ok },
  "pictures silent": { faults: [[MEDIA, { hang: true }]], ...ok },

  "data in the page cut off": { faults: [[PAGE, { body: html.slice(0, data + 300) }]], ends: "failed" },
  "data in the page emptied": {
    faults: [[PAGE, { body: html.slice(0, data) + html.slice(dataEnd) }]],
    ends: "failed",
  },
  "data in the page replaced": {
    faults: [[PAGE, { body: `${html.slice(0, data)}[]${html.slice(dataEnd)}` }]],
    ends: "failed",
  },
  "page cut off in the story": {
    faults: [[PAGE, { body: html.slice(0, html.indexOf("</p>", html.indexOf('class="body')) + 200) }]],
    ends: "failed",
    note: false,
  },

  "storage blocked": { init: blockStorage, ...ok },
  "files of an older release gone": { faults: [gone, [VERSION, another]], ...load, loads: 2 },
  "files of an older release gone, storage blocked": {
    faults: [gone, [VERSION, another]],
    init: blockStorage,
    ...load,
    loads: 2,
  },
  "files of an older release gone, the new page sound": {
    faults: [
      [WASM, { status: 404, times: 2 }],
      [VERSION, another],
    ],
    ...ok,
    loads: 2,
  },
  "wasm and version missing": { faults: [gone, [VERSION, { status: 404 }]], ...load },
  "wasm missing, version no JSON": { faults: [gone, [VERSION, { body: "\u0000<" }]], ...load },
  "wasm missing, version of another shape": { faults: [gone, [VERSION, { body: '{"build":{}}' }]], ...load },
  "wasm missing, version null": { faults: [gone, [VERSION, { body: "null" }]], ...load },
  "wasm missing, version silent": { faults: [gone, [VERSION, { hang: true }]], ...load },
};

/** Sets the clock of the note that needs no script forward; says when it was due. */
export function hurryAlarm() {
  const alarm = document.getAnimations().find(({ animationName }) => animationName === "never-started");
  if (!alarm) return undefined;
  const { delay } = alarm.effect.getComputedTiming();
  const early = alarm.currentTime < delay;
  alarm.currentTime = delay + 10;
  return early ? delay : undefined;
}
