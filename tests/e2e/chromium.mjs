// How Chromium is started, by the tests and by the benchmark.
import { existsSync } from "node:fs";

const candidates = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

export const CHROMIUM = {
  executablePath: candidates.find((path) => path && existsSync(path)),
  args: [
    // Containers run as root, where Chromium's sandbox does not start. The pages are ours.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    // Nothing of the browser's own may use the network or write into a test.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
