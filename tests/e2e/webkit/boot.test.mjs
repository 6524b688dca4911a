// The faults of the start in a third engine.
import { startTests } from "../engines.mjs";
import { launch } from "./browser.mjs";

startTests({
  name: "WebKit",
  launch,
  // WebDriver has no way to run a script before a page's own, nor to hear what it throws.
  runsBefore: false,
  newPage: (browser) => browser.newPage(),
});
