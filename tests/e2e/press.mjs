// press, as tests ask it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a command of press says of a folder, as it tells programs. */
export function press(command, root, ...rest) {
  const words = ["run", "--quiet", "--package", "press", "--release", "--features", "snapshots,media", "--", command];
  const ran = spawnSync("cargo", [...words, "--root", root, "--format", "json", ...rest], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  try {
    return JSON.parse(ran.stdout);
  } catch {
    throw new Error(`press ${command} said nothing: ${ran.stderr}`);
  }
}
