// Accessibility rules over every kind of page.
import { expect, open, test } from "./fixtures.mjs";
import { findings } from "./axe.mjs";
import { kinds, rightToLeft } from "./dist.mjs";

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
        expect(await findings(page)).toEqual([]);
      });
    }
  }
}
