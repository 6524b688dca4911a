// Nothing sticks out, nothing jumps.
import { expect, started, test } from "./fixtures.mjs";
import { kinds, pages, rightToLeft } from "./dist.mjs";

const everyKind = { ...kinds, "right to left": rightToLeft };

test("no page can be scrolled sideways at 320 px", async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of pages) {
    await page.goto(path);
    await started(page);
    const [content, window] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth];
    });
    expect.soft(content, `/${path} is ${content} px wide`).toBeLessThanOrEqual(window);
  }
});

for (const width of [390, 1280]) {
  for (const [name, path] of Object.entries(everyKind)) {
    test(`nothing moves while the ${name} page loads and starts, ${width} px`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            window.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => node?.className).join(" ")}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      // Late pictures and a late program are what makes pages jump.
      site.fault(/^media\//, { delay: 300 });
      const release = site.hold(/\.wasm$/);
      await page.goto(path);
      await page.waitForTimeout(300);
      release();
      await started(page);
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  }
}
