// Accessibility rules, the AAA contrast and target size rules switched on.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

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

/** What axe finds wrong on a page, or below one of its elements. */
export async function findings(page, within) {
  // Evaluated by the debugger, which the page's security policy does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    ([where, options]) => window.axe.run(where ?? document, options),
    [within, OPTIONS],
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
