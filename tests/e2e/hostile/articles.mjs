// Articles with strings in every field that holds words or an address.
//
// A field's place is named once, by its slot; `pick(slot)` says which strings go there.
// So one list of fields makes the articles that press is asked about (one string each,
// in every slot), those it may build (only what it accepted), and those that are served
// past press (everything).

/** Text slots begin with `text:`, those for an address with `url:`. */
export function article(number, pick) {
  const all = (slot) => pick(`text:${slot}`);
  const line = (slot) => all(slot).join(" ") || undefined;
  const rich = (slot) => {
    const found = all(slot);
    return found.length > 1 ? found : found[0];
  };
  const addresses = (slot) => pick(`url:${slot}`);
  const one = (slot) => addresses(slot)[0];
  const rights = (slot) => ({
    creditText: line(`${slot}.creditText`),
    copyrightHolder: line(`${slot}.copyrightHolder`),
    copyrightNotice: line(`${slot}.copyrightNotice`),
    usageTerms: line(`${slot}.usageTerms`),
    license: one(`${slot}.license`),
    acquireLicensePage: one(`${slot}.acquireLicensePage`),
  });
  const file = { href: "/media/plain.jpg", contentType: "image/jpeg", width: 960, height: 640 };
  const image = (slot, id) => ({
    id,
    alt: line(`${slot}.alt`) ?? "A picture",
    longDescription: rich(`${slot}.longDescription`),
    caption: rich(`${slot}.caption`),
    rights: rights(`${slot}.rights`),
    width: 960,
    height: 640,
    contentWarning: line(`${slot}.contentWarning`),
    placeholder: line(`${slot}.placeholder`),
    digitalSourceType: one(`${slot}.digitalSourceType`),
    renditions: [
      file,
      ...addresses(`${slot}.renditions.href`).map((href) => ({ ...file, href })),
      ...all(`${slot}.renditions.contentType`).map((contentType) => ({ ...file, contentType })),
      ...all(`${slot}.renditions.name`).map((name) => ({ ...file, name })),
      ...all(`${slot}.renditions.codecs`).map((codecs) => ({ ...file, codecs })),
    ],
  });
  const paragraph = (content) => ({ type: "paragraph", content });
  const recording = (slot, id) => ({
    id,
    title: line(`${slot}.title`) ?? "A film",
    caption: rich(`${slot}.caption`),
    rights: rights(`${slot}.rights`),
    duration: 3,
    width: 640,
    height: 360,
    contentWarning: line(`${slot}.contentWarning`),
    digitalSourceType: one(`${slot}.digitalSourceType`),
    poster: image(`${slot}.poster`),
    tracks: [
      ...addresses(`${slot}.tracks.href`).map((href) => ({ kind: "captions", language: "en", label: "English", href })),
      ...all(`${slot}.tracks.label`).map((label) => ({ kind: "captions", language: "en", label, href: "/media/words.vtt" })),
    ],
    transcript: {
      language: "en",
      href: one(`${slot}.transcript.href`),
      body: [paragraph("Words."), ...all(`${slot}.transcript.body`).map(paragraph)],
    },
    legacySources: [
      { href: "rtsp://example.org/a.rm", format: "realMedia", status: "dead" },
      ...all(`${slot}.legacySources.href`).map((href) => ({ href, format: "realMedia", status: "dead" })),
      ...all(`${slot}.legacySources.label`).map((label) => ({ label, format: "other", status: "unknown" })),
      ...addresses(`${slot}.legacySources.archivedAt`).map((archivedAt) => ({
        href: "rtsp://example.org/a.rm",
        format: "realMedia",
        status: "archived",
        archivedAt,
      })),
    ],
  });
  const media = (slot, id, contentType) => ({
    ...recording(slot, id),
    renditions: [
      { href: "/media/film.mp4", contentType },
      ...addresses(`${slot}.renditions.href`).map((href) => ({ href, contentType })),
      ...all(`${slot}.renditions.contentType`).map((kind) => ({ href: "/media/film.mp4", contentType: kind })),
      ...all(`${slot}.renditions.codecs`).map((codecs) => ({ href: "/media/film.mp4", contentType, codecs })),
    ],
  });
  // What nobody can play any more has no renditions.
  const gone = (slot) => ({ ...recording(slot), availability: "legacyOnly" });
  const road = "https://example.org/";
  const links = (slot) => [
    ...addresses(`${slot}.href`).map((href) => ({ href, headline: "Elsewhere" })),
    ...all(`${slot}.headline`).map((headline) => ({ href: road, headline })),
    ...all(`${slot}.rel`).map((rel) => ({ href: road, headline: "Elsewhere", rel })),
    ...all(`${slot}.media`).map((kind) => ({ href: road, headline: "Elsewhere", media: kind })),
    ...all(`${slot}.id`).map((id) => ({ href: road, headline: "Elsewhere", id })),
  ];
  const embed = { type: "embed", provider: "vimeo", href: "https://vimeo.com/1", title: "A film" };
  const marks = ["strong", "em", "code", "sub", "sup", "strike", "small", "cite"];
  return {
    $schema: line("$schema"),
    schemaVersion: "1.0",
    id: `${line("id") ?? ""} hostile ${number}`,
    version: line("version"),
    slug: `h-${number}`,
    aliases: addresses("aliases"),
    canonicalUrl: one("canonicalUrl"),
    language: "en",
    genre: line("genre"),
    label: line("label"),
    headline: ["Headline ", ...all("headline")],
    alternativeHeadline: line("alternativeHeadline"),
    standfirst: rich("standfirst"),
    description: line("description"),
    byline: rich("byline"),
    dateline: line("dateline"),
    authors: [
      ...all("authors.name").map((name) => ({ name })),
      ...all("authors.jobTitle").map((jobTitle) => ({ name: "N", jobTitle })),
      ...all("authors.id").map((id) => ({ name: "N", id })),
      ...addresses("authors.href").map((href) => ({ name: "N", href })),
    ],
    locationCreated: { name: line("place.name") ?? "Here", country: line("place.country") },
    datePublished: "2010-11-08",
    articleSection: line("articleSection"),
    subjects: [
      ...all("subjects.id").map((id) => ({ id, name: "Topic" })),
      ...all("subjects.name").map((name, index) => ({ id: `t-${number}-${index}`, name })),
      ...addresses("subjects.uri").map((uri, index) => ({ id: `u-${number}-${index}`, name: "Topic", uri })),
    ],
    contentWarning: line("contentWarning"),
    leadMedia: { type: "image", image: image("leadMedia", "lead") },
    thumbnail: image("thumbnail"),
    body: [
      // The dateline stands before the first paragraph's words.
      paragraph(`Start of ${number}.`),
      ...all("paragraph").map(paragraph),
      ...all("paragraph.span").map((text) => paragraph(["– ", { text, marks, href: road, lang: "ar" }])),
      ...addresses("paragraph.href").map((href) => paragraph(["– ", { text: "link", href }])),
      ...all("heading.content").map((content) => ({ type: "heading", level: 2, content })),
      ...all("heading.id").map((id) => ({ type: "heading", level: 2, content: "Heading", id })),
      {
        type: "list",
        items: [{ content: "Item" }, ...all("list.content").map((content) => ({ content, items: [{ content }] }))],
      },
      ...all("quote.content").map((text) => ({ type: "quote", pull: true, content: [text] })),
      ...all("quote.attribution").map((attribution) => ({ type: "quote", content: ["Said"], attribution })),
      ...addresses("quote.cite").map((cite) => ({ type: "quote", content: ["Said"], attribution: "Who", cite })),
      { type: "image", image: image("image", `img-${number}`) },
      ...all("image.id").map((id) => ({ type: "image", image: { id, alt: "A", width: 960, height: 640, renditions: [file] } })),
      { type: "gallery", caption: rich("gallery.caption"), images: [image("gallery")] },
      { type: "video", video: media("video", `film-${number}`, "video/mp4") },
      { type: "video", video: gone("legacy") },
      { type: "audio", audio: media("audio", `sound-${number}`, "audio/mpeg") },
      ...all("embed.provider").map((provider) => ({ ...embed, provider })),
      ...addresses("embed.href").map((href) => ({ ...embed, href })),
      ...all("embed.title").map((title) => ({ ...embed, title })),
      ...all("embed.caption").map((caption) => ({ ...embed, caption })),
      ...all("embed.fallback").map((fallback) => ({ ...embed, fallback })),
      {
        type: "table",
        caption: rich("table.caption"),
        headerRows: 1,
        rows: [["Head"], ...all("table.rows").map((cell) => [cell])],
      },
      ...all("aside.title").map((title) => ({ type: "aside", title, body: [paragraph("In a box")] })),
      { type: "aside", body: [paragraph("In a box"), ...all("aside.body").map(paragraph)] },
      ...links("relatedLink").map((link) => ({ type: "relatedLink", link })),
      ...all("unsupported.kind").map((kind) => ({ type: "unsupported", kind })),
      ...all("unsupported.text").map((text) => ({ type: "unsupported", kind: "old", text })),
      ...addresses("unsupported.href").map((href) => ({ type: "unsupported", kind: "old", href })),
      ...all("unknown.type").map((type) => ({ type, text: "Text" })),
      ...all("unknown.text").map((text) => ({ type: "hologram", text })),
      paragraph(`End of ${number}.`),
    ],
    corrections: all("corrections.text").map((text) => ({ type: "update", datePublished: "2011-01-01", text })),
    relatedLinks: links("relatedLinks"),
    translations: addresses("translations.href").map((href) => ({ language: "fr", href })),
    rights: rights("rights"),
    source: {
      system: line("source.system") ?? "old",
      id: line("source.id"),
      href: one("source.href"),
      archivedAt: one("source.archivedAt"),
      notes: all("source.notes"),
    },
  };
}

/** Every slot. */
export const slots = (() => {
  const names = new Set();
  article(0, (slot) => {
    names.add(slot);
    return [slot];
  });
  return [...names];
})();

/** The path at which press names what stands in a slot, if only `names` hold one string each. */
export function pathsOf(names) {
  const paths = new Map();
  const walk = (value, path) => {
    if (typeof value === "string") {
      const slot = /@(.+)@/.exec(value)?.[1];
      if (slot) paths.set(path, slot);
    } else if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${path}[${index}]`));
    else if (value) for (const [key, item] of Object.entries(value)) walk(item, path ? `${path}.${key}` : key);
  };
  walk(article(0, (slot) => (names.includes(slot) ? [`@${slot}@`] : [])), "");
  return paths;
}

/** Slots that take one address; all others take as many strings as there are. */
const single = /\.(license|acquireLicensePage|digitalSourceType|archivedAt|href)$|canonicalUrl/;
export const isSingle = (slot) =>
  slot.startsWith("url:") && single.test(slot) && /canonicalUrl|rights|digital|url:source|transcript|translations/.test(slot);

/** The slots at a path of press, and those around or below it. */
export function slotsAt(paths, path) {
  return [...paths]
    .filter(([known]) => known === path || known.startsWith(`${path}.`) || known.startsWith(`${path}[`) || path.startsWith(known))
    .map(([, slot]) => slot);
}

export const groups = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

/** Strings of one slot of an article, and their characters: a line above the story may have 1,000. */
const TOGETHER = 40;
const LINE = 900;
const TEXT = 5000;
const isTitle = (slot) => /^text:(headline|alternativeHeadline|label|byline|dateline)$/.test(slot);

/** The strings of a slot, shared out among articles. */
export function shared(slot, list) {
  const most = isSingle(slot) ? 1 : TOGETHER;
  const parts = [];
  let length = 0;
  for (const string of list) {
    const part = parts.at(-1);
    const fits = part && part.length < most && length + string.length + 1 <= (isTitle(slot) ? LINE : TEXT);
    if (fits) part.push(string);
    else parts.push([string]);
    length = (fits ? length : 0) + string.length + 1;
  }
  return parts;
}

/** As many articles as it takes to have every string of `lists` in its slot. */
export function articles(lists) {
  const parts = new Map([...lists].map(([slot, list]) => [slot, shared(slot, list)]));
  const count = Math.max(...[...parts.values()].map((part) => part.length));
  // Ids are unique in a story: those of pictures come after those of headings.
  const ids = parts.get("text:heading.id")?.length ?? 0;
  const part = (slot, number) => parts.get(slot)?.[slot === "text:image.id" ? number - ids : number] ?? [];
  return Array.from({ length: count }, (_, number) => article(number, (slot) => part(slot, number)));
}

/** How many of those hold lists; the ones after them hold one address in each place for one. */
export const countWithLists = (lists) =>
  Math.max(...[...lists].map(([slot, list]) => (isSingle(slot) ? 0 : shared(slot, list).length)));
