// Every page of the release, opened with scripts on.
import { expect, open, started, test } from "./fixtures.mjs";
import { pages } from "./dist.mjs";

const named = (path) => `/${path}`;

for (const path of pages) {
  test(`${named(path)} is adopted by the app without changing a node`, async ({ page, site }) => {
    // The program is held back, so that the snapshot can be looked at before.
    const release = site.hold(/\.wasm$/);
    await page.goto(path);
    const before = await page.evaluate(() => {
      const container = document.getElementById("dateline");
      const nodes = container.querySelectorAll("*");
      for (const node of nodes) node.fromSnapshot = true;
      return { count: nodes.length, text: document.querySelector("main").textContent };
    });
    expect(before.count).toBeGreaterThan(10);
    release();
    await started(page);
    // What only the browser knows is added a frame later.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const after = await page.evaluate(() => {
      // The player draws its controls once the app is up; the film's own element stays.
      // The films that follow one come from their list.
      const drawn = ".stage .screen > :not(.player), .stage > .choices, .more .grid > *";
      for (const part of document.querySelectorAll(drawn)) part.remove();
      const nodes = [...document.getElementById("dateline").querySelectorAll("*")];
      const name = (node) => `${node.localName}.${node.className} ${node.textContent.slice(0, 40)}`;
      return {
        kept: nodes.filter((node) => node.fromSnapshot).length,
        added: nodes.filter((node) => !node.fromSnapshot).map(name),
        text: document.querySelector("main").textContent,
      };
    });
    expect(after.added).toEqual([]);
    expect(after.kept).toBe(before.count);
    expect(after.text).toBe(before.text);
  });
}

test("the page for unknown addresses is adopted too", async ({ page, site, expectConsole }) => {
  // It finds its program where site.json's baseUrl says, which is the root here.
  test.skip(site.mount !== "/", "subpath.spec looks at it there");
  expectConsole(/status of 404/);
  const response = await open(page, "en/stories/there-is-no-such-story/at/all/");
  expect(response.status()).toBe(404);
  await expect(page.locator("main h1")).toHaveCount(1);
});

test("every page has one h1, a title, a language and a direction", async ({ request }) => {
  for (const path of pages) {
    const html = await (await request.get(path)).text();
    expect.soft(html.match(/<h1[\s>]/g), named(path)).toHaveLength(1);
    expect.soft(html, named(path)).toMatch(/<title>[^<]+<\/title>/);
    expect.soft(html, named(path)).toMatch(/<html[^>]* lang="[^"]+"[^>]* dir="(ltr|rtl)"/);
    expect.soft(html, named(path)).toMatch(/<main[^>]* id="main"/);
  }
});
