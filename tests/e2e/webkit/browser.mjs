// How WebKitGTK is started: the engine of every iPhone, as Debian has it. Its small
// browser has no headless mode, so it gets a screen that nobody sees.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { Builder, Capabilities } from "selenium-webdriver";

const LIBRARIES = "/usr/lib";

/** `MiniBrowser` lies where the libraries of the machine's kind lie. */
function miniBrowser() {
  const folders = readdirSync(LIBRARIES).flatMap((kind) =>
    ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"].map((version) => `${LIBRARIES}/${kind}/${version}`),
  );
  return folders.map((folder) => `${folder}/MiniBrowser`).find((path) => existsSync(path));
}

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A screen in memory. It says its number on the fourth channel when it is there. */
function startScreen() {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    screen.on("error", reject);
    screen.stdio[3].once("data", (number) => resolve({ screen, display: `:${String(number).trim()}` }));
  });
}

async function answers(address, end = Date.now() + 20_000) {
  for (;;) {
    if (await fetch(`${address}/status`).then((answer) => answer.ok).catch(() => false)) return;
    if (Date.now() > end) throw new Error("WebKitWebDriver never answered");
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** The driver sometimes never answers: then a test must fail, and not wait for ever. */
async function inTime(what, promise, milliseconds = 15_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer of the driver`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A screen, and a browser of its own for each page. Whoever opens one closes it. */
export async function launch() {
  const { screen, display } = await startScreen();
  const newPage = () => openPage(display).catch(() => openPage(display));
  return { newPage, close: () => screen.kill() };
}

async function openPage(display) {
  const port = await freePort();
  // The driver ends its browser when it ends.
  const driver = spawn("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
    stdio: "ignore",
    // Its sandbox needs rights that a container does not give. It sees this site only.
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
  });
  let session;
  try {
    const address = `http://127.0.0.1:${port}`;
    await answers(address);
    const wanted = new Capabilities()
      .set("browserName", "MiniBrowser")
      // Whether a page has come is what the tests ask themselves.
      .set("pageLoadStrategy", "none")
      .set("webkitgtk:browserOptions", { binary: miniBrowser(), args: ["--automation"] });
    session = await inTime("a new page", new Builder().usingServer(address).withCapabilities(wanted).build());
  } catch (error) {
    driver.kill();
    throw error;
  }
  let origin = "null";
  return {
    goto(address) {
      ({ origin } = new URL(address));
      return inTime(address, session.get(address));
    },
    /** Asks the page. Until the address asked for has come there is nobody to ask. */
    async evaluate(question, ...values) {
      const isThere = `if (location.origin !== "${origin}") throw new Error("elsewhere still");`;
      const script = `${isThere} return (${question})(...arguments);`;
      const answer = await inTime("a question", session.executeScript(script, ...values));
      // WebDriver knows no undefined.
      return answer ?? undefined;
    },
    address: () => session.getCurrentUrl(),
    async close() {
      // A page that never comes can keep it from ending in good order.
      await inTime("the end", session.quit(), 3_000).catch(() => undefined);
      driver.kill();
    },
  };
}
