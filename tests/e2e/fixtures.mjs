// The test every spec uses: one server per worker, and a page on which any
// message is a failure unless the test said that it would come.
import { expect, test as base } from "@playwright/test";
import { startServer } from "./server.mjs";

/** Everything a page complains about, as one list of sentences. */
function listen(page, complaints) {
  page.on("console", (message) => {
    // Ours to say: only tests of the worker let it in (playwright.config.mjs).
    if (message.text() === "Service Worker registration blocked by Playwright") return;
    complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A newer navigation cancels older requests, and players drop ranges.
    if (reason !== "net::ERR_ABORTED") complaints.push(`request failed: ${request.url()} ${reason}`);
  });
}

export const test = base.extend({
  /** Options of the server; a spec may change them with `test.use`. */
  serverOptions: [{}, { option: true, scope: "worker" }],

  /** The path the site lies under; a project of the configuration may change it. */
  mountedAt: ["/", { option: true, scope: "worker" }],

  server: [
    async ({ serverOptions, mountedAt }, use) => {
      const server = await startServer({ mount: mountedAt, ...serverOptions });
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  /** The server, healed of the faults of the test before. */
  site: async ({ server }, use) => {
    server.heal();
    await use(server);
    server.heal();
  },

  baseURL: async ({ server }, use) => use(server.url()),

  expected: async ({}, use) => use([]),

  /** `expectConsole(/pattern/)`: this complaint may come in this test. */
  expectConsole: async ({ expected }, use) => use((...patterns) => expected.push(...patterns)),

  page: async ({ page, site: _, expected }, use) => {
    const complaints = [];
    listen(page, complaints);
    await use(page);
    const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(unexpected, "the page complained").toEqual([]);
  },
});

export { expect };

/** Waits until the app has adopted the page. */
export async function started(page) {
  await expect(page.locator("html")).toHaveAttribute("data-boot", "ok", { timeout: 20_000 });
}

/** Opens a page and waits for the app. */
export async function open(page, path) {
  const response = await page.goto(path);
  await started(page);
  return response;
}
