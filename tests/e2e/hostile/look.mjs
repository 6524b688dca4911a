// What may stand in a page, whatever its story holds. Runs inside the page.

/** Before anything of the page: whatever a payload would call, or set, is noticed. */
export function trap() {
  for (const name of ["alert", "prompt", "confirm"]) window[name] = () => (globalThis.hit = name);
}

/** Everything that should not be there. Links may lead anywhere, files may not. */
export function look() {
  const elements = new Set(
    ("html head meta title link script body header nav main footer section article div p span bdi a h1 h2 h3 h4 ul ol li style " +
      "blockquote figure figcaption picture source img video audio track table caption thead tbody tr th td details summary " +
      "hr br search noscript strong em code sub sup s small cite time button form label input svg circle path dl dt dd").split(" "),
  );
  const attributes = new Set(
    ("lang dir class id href rel hreflang src srcset sizes type alt width height loading decoding fetchpriority datetime " +
      "aria-label aria-hidden aria-current aria-live aria-atomic role tabindex hidden controls preload playsinline poster kind srclang label " +
      "default scope cite start open action method name value content property charset integrity crossorigin as media " +
      "imagesrcset imagesizes target viewBox fill stroke stroke-width cx cy r d data-base data-boot data-worker for autocomplete enterkeyhint title color " +
      "data-player data-started data-playing data-muted data-idle data-woken data-on data-do min max step download " +
      "aria-valuetext aria-pressed aria-expanded").split(" "),
  );
  /** What a button of the player may do: nothing that a story could name. */
  const deeds = /^(play|mute|captions|choices|screen|float|seek|volume|track:off|(track|rate|file|seek):\d+|level:-?\d+)$/;
  const types = new Set(["module", "application/json", "application/ld+json"]);
  const found = [];
  // An address that no browser can read leads nowhere, and nothing is fetched from it.
  const nowhere = { protocol: "https:", origin: location.origin, username: "" };
  const address = (value) => (URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : nowhere);
  const own = (value) => address(value).origin === location.origin;
  const say = (element, what) => found.push(`${what} in ${element.outerHTML.slice(0, 160)}`);
  if (globalThis.hit !== undefined) found.push(`executed: ${globalThis.hit}`);
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (!elements.has(name)) say(element, `the element ${name}`);
    if (name === "script" && !types.has(element.type)) say(element, "a script");
    if (name === "meta" && element.httpEquiv) say(element, "an http-equiv");
    // The site's own style stands in the head once, as press wrote it.
    const isOwnStyle = () => element.matches("head > style:only-of-type") && element.attributes.length === 0;
    if (name === "style" && !isOwnStyle()) say(element, "a style");
    for (const { name: attribute, value } of element.attributes) {
      if (!attributes.has(attribute)) say(element, `the attribute ${attribute}`);
      if (["href", "cite", "action"].includes(attribute)) {
        const { protocol, username } = address(value);
        if (!["http:", "https:", "mailto:", "tel:"].includes(protocol) || username) say(element, `a link to ${protocol}`);
        if (attribute === "action" && !own(value)) say(element, "a form that leads elsewhere");
        // Links with an empty scheme must stay here: only a whole address leads away.
        if (!own(value) && !/^(https?:\/\/|mailto:|tel:)/i.test(value)) say(element, "a path that leads elsewhere");
        if (name === "link" && !own(value) && !["canonical", "alternate", "license"].includes(element.rel)) say(element, "a file from elsewhere");
      }
      if (attribute === "data-do" && !deeds.test(value)) say(element, "a deed nobody knows");
      if (attribute === "download" && (value !== "" || !own(element.href))) say(element, "a download from elsewhere");
      if (attribute === "color" && !/^#[0-9a-f]{6}$/i.test(value)) say(element, "a colour that is none");
      if (["src", "poster"].includes(attribute) && (!own(value) || /^\s*(data|blob|javascript):/i.test(value))) {
        say(element, "a file from elsewhere");
      }
      if (attribute === "srcset") {
        for (const part of value.split(", ")) if (!own(part.split(" ")[0])) say(element, "a file from elsewhere");
      }
    }
  }
  // Bidi controls reorder what stands around them.
  if (/[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent)) found.push("a bidi control");
  return [...new Set(found)].slice(0, 20);
}

/**
 * Goes to each story inside the app, as a reader's click does, and looks. Stories are
 * known by their last words, behind which a note may tell that they were cut. A text, because a page under the policy makes no functions.
 */
export const tour = (from, to, base) => `(async () => {
  ${look}
  const found = [];
  for (let number = ${from}; number < ${to}; number += 1) {
    const link = document.createElement("a");
    link.href = "${base}en/stories/h-" + number + "/";
    document.body.append(link);
    link.click();
    link.remove();
    const limit = performance.now() + 8000;
    const arrived = () => [...document.querySelectorAll("main .body p:not(.unreadable)")].at(-1)?.textContent === "End of " + number + ".";
    while (!arrived() && performance.now() < limit) await new Promise((done) => setTimeout(done, 1));
    if (!arrived()) found.push("the story " + number + " never came");
    for (const problem of look()) found.push(number + ": " + problem);
  }
  return found;
})()`;

/** The words of every paragraph of a story, for comparison with its data. */
export function paragraphs() {
  return [...document.querySelectorAll("main .body > p")].map((element) => element.textContent);
}
