// Releases of the sample newsroom, one after the other in one folder, as a publisher
// makes them: press builds each over the one before and keeps its files. What differs is
// the program: every file of it has other bytes, so another name, and the worker has too.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "./dist.mjs";
import { ROOT, press } from "./press.mjs";
import { DIST } from "./server.mjs";

const digest = (name, bytes, form) => createHash(name).update(bytes).digest(form);

/** A section of a wasm file that means nothing (WebAssembly core specification, 5.5.3). */
const section = (text) => Buffer.from([0, text.length + 1, text.length, ...Buffer.from(text)]);

/** Every text in place of another; one that is not there is a mistake of this file. */
function replaced(text, pairs) {
  return pairs.reduce((text, [old, other]) => {
    if (!text.includes(old)) throw new Error(`nothing to replace: ${old}`);
    return text.replaceAll(old, other);
  }, text);
}

/** The app of a release, as `cargo xtask build` would hand it to press. */
function app(number, folder) {
  const list = JSON.parse(read("assets/assets.json"));
  delete list.earlier;
  // What press writes before the worker is of the site.
  const worker = read("sw.js").replace(/^self\.dateline=.*\n/, "");
  mkdirSync(join(folder, "assets"), { recursive: true });
  cpSync(join(DIST, "i18n"), join(folder, "i18n"), { recursive: true });
  const mark = `release ${number}`;
  const build = digest("sha256", `${list.build} ${mark}`, "hex").slice(0, 16);
  const swapped = [[list.build, build]];
  const asset = (kind, change) => {
    const { href, integrity } = list[kind];
    const bytes = change(readFileSync(join(DIST, href)));
    const [, stem, ending] = /^(.*-)[0-9a-f]{16}(\.\w+)$/.exec(href);
    const made = {
      href: stem + digest("sha256", bytes, "hex").slice(0, 16) + ending,
      integrity: `sha384-${digest("sha384", bytes, "base64")}`,
    };
    writeFileSync(join(folder, made.href), bytes);
    list[kind] = made;
    return [
      [href.replace("assets/", ""), made.href.replace("assets/", "")],
      [integrity, made.integrity],
    ];
  };
  const wasm = asset("wasm", (bytes) => Buffer.concat([bytes, section(mark)]));
  const stream = asset("stream", (bytes) => `${bytes}// ${mark}\n`);
  const boot = asset("boot", (bytes) => replaced(bytes.toString(), [...swapped, ...wasm, ...stream]));
  const sheets = ["style", "faces", "first"].map((kind) =>
    asset(kind, (bytes) => `${bytes}.release-${number}{color:inherit}`),
  );
  const [style, faces] = sheets;
  list.build = build;
  writeFileSync(join(folder, "assets/assets.json"), JSON.stringify(list));
  writeFileSync(join(folder, "version.json"), JSON.stringify({ build }));
  writeFileSync(join(folder, "sw.js"), replaced(worker, [...swapped, ...wasm, ...boot, ...style, ...faces]));
  return list;
}

/** A folder that releases go into. */
export class Site {
  /** @param name of the folder: tests that run at the same time need two */
  constructor(name) {
    this.root = join(ROOT, "target/releases", name);
    rmSync(this.root, { recursive: true, force: true });
    this.dist = join(this.root, "dist");
  }

  /** Publishes a release over the one that is there. Gives its list of assets. */
  publish(number) {
    const folder = join(this.root, `app-${number}`);
    const list = app(number, folder);
    const { findings } = press("build", ROOT, "--into", this.dist, "--app", folder);
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return list;
  }
}
