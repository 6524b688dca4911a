// Accessibility rules, the AAA contrast and target size rules switched on.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { expect, open, test } from "./fixtures.mjs";
import { kinds, rightToLeft } from "./dist.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const OPTIONS = {
  runOnly: {
    type: "tag",
    values: [
      "wcag2a",
      "wcag2aa",
      "wcag2aaa",
      "wcag21a",
      "wcag21aa",
      "wcag21aaa",
      "wcag22a",
      "wcag22aa",
      "wcag22aaa",
      "best-practice",
    ],
  },
  // Off by default, each for lack of certainty on some other site.
  rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
};

const pages = { ...kinds, missing: "en/no/such/page/", "right to left": rightToLeft };

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    for (const [name, path] of Object.entries(pages)) {
      test(`axe finds nothing on the ${name} page, ${width} px, ${colorScheme}`, async ({ page, site, expectConsole }) => {
        // It finds its program where site.json's baseUrl says, which is the root here.
        test.skip(name === "missing" && site.mount !== "/", "subpath.spec looks at it there");
        if (name === "missing") expectConsole(/status of 404/);
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await open(page, path);
        // Evaluated by the debugger, which the page's security policy does not bind.
        await page.evaluate(axe);
        const { violations } = await page.evaluate((options) => window.axe.run(document, options), OPTIONS);
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
        expect(found).toEqual([]);
      });
    }
  }
}
