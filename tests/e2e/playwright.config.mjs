// The release in Debian's Chromium. `cargo xtask test e2e` runs this; one spec:
// npx playwright test --config tests/e2e/playwright.config.mjs boot
import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { CHROMIUM } from "./chromium.mjs";
import { DEEP } from "./deep.mjs";

const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;
/** What is run under other paths than `/` each time. */
const ELSEWHERE = ["**/subpath.spec.mjs", "**/navigation.spec.mjs", "**/noscript.spec.mjs"];
/** The path makes no difference to these. */
const ONCE = ["**/server.spec.mjs", "**/soak.spec.mjs", "**/hostile.spec.mjs"];

const under = (mount) => ({
  name: mount,
  use: { mountedAt: mount },
  ...(mount === "/" ? {} : { testMatch: DEEP ? "*.spec.mjs" : ELSEWHERE, testIgnore: ONCE }),
});

export default defineConfig({
  testDir: fileURLToPath(new URL(".", import.meta.url)),
  testMatch: "*.spec.mjs",
  // The same dist/ at the root of a host, as a project page, and two folders down.
  projects: ["/", "/repo/", "/a/b/"].map(under),
  outputDir: fileURLToPath(new URL("../../target/e2e/", import.meta.url)),
  workers: 2,
  // Files are shared out among the workers; the tests of one file keep one server.
  fullyParallel: false,
  // A test that passes the second time has found something.
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: report ? [["dot"], ["json"]] : [["list"]],
  use: {
    launchOptions: CHROMIUM,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "off",
    screenshot: "off",
    video: "off",
    serviceWorkers: "block",
  },
});
