// The faults of the start in other engines than Chromium: the table of boot-faults.mjs,
// and what can go wrong with a story's file, of data-faults.mjs.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { bootFaults, hurryAlarm, BOOT } from "./boot-faults.mjs";
import { FILE, PARSER_TEXT, SLUG, storyFaults } from "./data-faults.mjs";
import { json, kinds, paragraphs, squeezed, words } from "./dist.mjs";
import { startServer } from "./server.mjs";

const [FIRST] = paragraphs(json(FILE)).map(squeezed);

const isReadable = (first) =>
  document.querySelector("main h1")?.checkVisibility() &&
  document.querySelector("main").innerText.replace(/\s+/g, " ").includes(first);
const noteIsSeen = () => document.getElementById("boot-note")?.checkVisibility({ visibilityProperty: true }) ?? false;

/**
 * Registers the tests of an engine.
 *
 * - `name`: what it is called in the names of the tests
 * - `launch`: starts the browser, which has `newPage` and `close`
 * - `newPage(browser, complain)`: a page with `goto`, `evaluate` and `close`, and with
 *   `evaluateOnNewDocument` where the engine can; what the page throws goes to `complain`
 * - `runsBefore`: whether it can run a script before those of a page. Faults of which a
 *   reader's browser is the cause are made with one, and left out without
 */
export function startTests({ name, launch, newPage, runsBefore }) {
  let browser;
  let server;
  let page;
  let errors;

  before(async () => {
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    // A server of its own is an origin of its own: nothing comes out of the cache.
    server = await startServer();
    errors = [];
    page = await newPage(browser, (message) => errors.push(message));
  });

  afterEach(async () => {
    await page.close();
    await server.close();
    assert.deepEqual(errors, [], "the page threw");
  });

  /** Asks the page until it says yes. Between two documents there is nobody to ask. */
  async function until(what, question, milliseconds, ...values) {
    const end = Date.now() + milliseconds;
    for (;;) {
      if (await page.evaluate(question, ...values).catch(() => false)) return;
      if (Date.now() > end) assert.fail(`never: ${what}`);
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  /** Goes to a page without waiting for what may never come. */
  function visit(path) {
    page.goto(server.url(path), { waitUntil: "domcontentloaded", timeout: 60_000 }).catch(() => undefined);
  }

  const possible = Object.entries(bootFaults).filter(([, { init }]) => runsBefore || !init);
  for (const [what, fault] of possible) {
    const ends = fault.endsIn?.[name] ?? fault.ends;
    test(`${name}, ${what}: the story can be read, and it ends ${ends}`, async () => {
      if (fault.init) await page.evaluateOnNewDocument(fault.init);
      for (const [match, wrong] of fault.faults ?? []) server.fault(match, wrong);
      visit(kinds.story);
      await until("the story", isReadable, 4_000, FIRST);
      if (ends === "alarm") {
        assert.equal(await page.evaluate(noteIsSeen), false);
        assert.equal(await page.evaluate(hurryAlarm), 15_000);
        await until("the note", noteIsSeen, 2_000);
        assert.equal(await page.evaluate(() => document.documentElement.dataset.boot), undefined);
      } else {
        const ended = (how) => document.documentElement.dataset.boot === how;
        await until(ends, ended, fault.slow ? 30_000 : 15_000, ends);
        const reason = await page.evaluate(() => document.documentElement.dataset.bootReason);
        if (reason !== fault.otherwise && fault.reason) assert.equal(reason, fault.reason);
        assert.equal(await page.evaluate(noteIsSeen), fault.note ?? ends !== "ok");
      }
      await until("the story, still", isReadable, 1_000, FIRST);
      const loads = server.requests.filter(({ path }) => path.endsWith(`/${kinds.story}`)).length;
      assert.equal(loads, fault.loads ?? 1);
    });
  }

  test(`${name} shows the note after fifteen seconds, and takes it away when the script comes`, async () => {
    const release = server.hold(BOOT);
    visit(kinds.story);
    await until("the story", isReadable, 4_000, FIRST);
    await new Promise((next) => setTimeout(next, 12_500));
    assert.equal(await page.evaluate(noteIsSeen), false);
    await until("the note", noteIsSeen, 4_000);
    release();
    await until("the app", () => document.documentElement.dataset.boot === "ok", 10_000);
    assert.equal(await page.evaluate(noteIsSeen), false);
  });

  for (const [what, fault] of Object.entries(storyFaults)) {
    test(`${name}, of a story's file, ${what}: its reader sees the ${fault.shows}`, async () => {
      server.fault(FILE, fault.fault);
      await page.goto(server.url(kinds.front));
      await until("the app", () => document.documentElement.dataset.boot === "ok", 15_000);
      await page.evaluate((slug) => document.querySelector(`a[href*="${slug}"]`).click(), SLUG);
      const shown = {
        // An engine may hand over what came of an answer that breaks off. Then the story is
        // shown as far as it goes, with a note.
        failure: () => document.querySelector(".failure, .unreadable") !== null,
        missing: () => document.querySelector("main form") !== null && document.querySelector("article") === null,
        story: () => document.querySelector("article.story .body p") !== null,
      }[fault.shows];
      await until(fault.shows, shown, (fault.wait ?? 0) + 8_000);
      const text = await page.evaluate(() => document.querySelector("main").innerText);
      if (fault.shows === "story" || (await page.evaluate(() => document.querySelector(".unreadable") !== null))) return;
      assert.ok(text.includes(fault.sentence ?? words.not_found_text), text);
      assert.doesNotMatch(text, PARSER_TEXT);
      if (fault.shows === "missing") return;
      server.heal();
      await page.evaluate(() => document.querySelector(".failure button.retry").click());
      await until("the story", () => document.querySelector("article.story .body p") !== null, 15_000);
    });
  }
}
