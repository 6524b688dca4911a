// The faults of the start in a second engine.
import { startTests } from "../engines.mjs";
import { launch } from "./browser.mjs";

/** What Firefox itself says of a file that is not as it should be. It is no exception. */
const OF_THE_BROWSER =
  /^Content-Security-Policy: .*blocked WebAssembly|in the integrity attribute|disallowed MIME type|due to MIME type|downloadable font: download failed|^Failed to load ‘|^Loading failed/;

startTests({
  name: "Firefox",
  launch,
  runsBefore: true,
  async newPage(browser, complain) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => {
      if (!OF_THE_BROWSER.test(error.message)) complain(error.message);
    });
    return page;
  },
});
