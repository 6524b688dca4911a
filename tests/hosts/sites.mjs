// The sample newsroom, built for every host, at `/` and under `/repo/`.
//
// PRESS names the program, APP the folder with the built app; by default those that
// `cargo xtask test release` leaves behind.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PRESS = resolve(ROOT, process.env.PRESS ?? "target/release/press");
const APP = resolve(ROOT, process.env.APP ?? "dist");
export const FOLDER = join(ROOT, "target/hosts");

/** Old addresses that the sample has none of. */
const MORE_ALIASES = ["/old/قارب", "/a%20b/with%20space.html", "/quoted/%22it%22", "/every/*/thing:now"];
export const KITES = "en/stories/how-a-kite-stays-up/";

/**
 * Builds the site. `dist` is the built site, `beside` what servers are set up with,
 * `www` a folder in which the site lies at its path.
 */
export function build(base, hosts, name = base === "/" ? "root" : base.replaceAll("/", "")) {
  const root = join(FOLDER, name);
  rmSync(root, { recursive: true, force: true });
  cpSync(join(ROOT, "public"), join(root, "public"), { recursive: true });
  if (existsSync(join(ROOT, ".press"))) {
    cpSync(join(ROOT, ".press"), join(root, ".press"), { recursive: true });
  }
  change(join(root, "public/site.json"), (site) => {
    site.baseUrl = `https://news.example${base}`;
  });
  change(join(root, "public/articles/en/how-a-kite-stays-up.json"), (article) => {
    article.aliases.push(...MORE_ALIASES);
  });
  mkdirSync(join(root, "public/.well-known"));
  writeFileSync(join(root, "public/.well-known/security.txt"), "Contact: mailto:newsroom@news.example\n");
  const dist = join(root, "dist");
  const press = (...more) =>
    execFileSync(
      PRESS,
      ["build", "--root", root, "--into", dist, "--app", APP, "--precompress", "--as-of", "2026-11-24"]
        .concat(hosts.flatMap((host) => ["--host", host]))
        .concat(more),
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
  const answer = JSON.parse(press("--format", "json"));
  let www = dist;
  if (base !== "/") {
    www = join(root, "www");
    const place = join(www, base);
    mkdirSync(dirname(place.replace(/\/$/, "")), { recursive: true });
    symlinkSync(dist, place.replace(/\/$/, ""));
  }
  return { base, dist, www, beside: `${dist}.host`, notes: answer.notes, press };
}

function change(path, how) {
  const json = JSON.parse(readFileSync(path, "utf8"));
  how(json);
  writeFileSync(path, JSON.stringify(json));
}

export const read = (...path) => readFileSync(join(...path), "utf8");
