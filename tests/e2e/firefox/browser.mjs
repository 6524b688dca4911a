// How Firefox is started.
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";

const FIREFOX = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"].find(
  (path) => path && existsSync(path),
);

/** Over WebDriver BiDi. Whoever starts it closes it. */
export const launch = () =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: {
      // Nothing of the browser's own may use the network during a test.
      "app.update.enabled": false,
      "browser.newtabpage.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
  });
