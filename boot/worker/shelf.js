// The page of saved stories: only the worker knows them, so it answers in place of the
// site. It takes the page that the site has there, masthead and style and all, and puts
// what is saved where that says that nothing is. It needs no script and has none.
//
// Texts come from stories and from the language file; every one goes through `escaped`.
import { clearEverything, match, matchApp, SCOPE } from "./copies.js";
import { keyOf, measure, saveStory, saveTopic, state, remove, removeTopic } from "./saved.js";

/** Where dates are written in another way than the language alone says; as in the app. */
const LOCALES = { ar: "ar-u-ca-gregory-nu-latn", en: "en-GB" };
/** How many stories of a topic can be kept. */
const COUNTS = [5, 10, 20];

/** Answers `/{lang}/saved/`: shows what is saved, or does what a form of it says. */
export async function shelf(event, url, language) {
  const words = await wordsOf(language);
  const self = `${SCOPE}${language}/saved/`;
  let trouble = "";
  if (event.request.method === "POST") {
    const form = await event.request.formData();
    // Another site could send a form here too; it does not know the key.
    if (form.get("key") !== (await keyOf())) return Response.redirect(self, 303);
    try {
      await act(form, language);
      return Response.redirect(self, 303);
    } catch (error) {
      trouble = reason(words, error);
    }
  }
  const path = url.searchParams.get("story");
  const body = [
    trouble && `<p class="box" role="alert">${escaped(trouble)}</p>`,
    path && (await offer(words, path, language)),
    list(words, await state(), await keyOf()),
    await topicForm(words, language, await keyOf()),
    `<p class="meta">${escaped(words.worker.saved_note)}</p>`,
  ];
  return page(self, words, body.filter(Boolean).join("\n"));
}

async function act(form, language) {
  const text = (name) => String(form.get(name) ?? "");
  switch (text("do")) {
    case "save":
      return saveStory(text("path"), form.get("film") === "yes");
    case "remove":
      return remove(text("path"));
    case "topic":
      return saveTopic({
        ...JSON.parse(text("topic")),
        language,
        newest: COUNTS.find((count) => String(count) === text("count")) ?? COUNTS[1],
        wifi: form.get("wifi") === "yes",
      });
    case "clear":
      return clearEverything();
    case "forget":
      return removeTopic(text("topic"));
    default:
      throw new Error(`no such thing to do: ${text("do")}`);
  }
}

function reason({ worker }, error) {
  if (error.name === "QuotaExceededError") return worker.save_full;
  return error.message === "gone" ? worker.save_gone : worker.save_failed;
}

/** The whole language file: pages carry only a part of it. One of an older release may lack words. */
async function wordsOf(language) {
  const path = `${SCOPE}i18n/${language}.json`;
  const response = (await matchApp(path)) ?? (await fetch(path).catch(() => match(path)));
  const words = await response.json();
  return { language, ...words };
}

/** The site's own page, with something else below its headline. */
async function page(self, words, body) {
  const shell = (await match(self)) ?? (await fetch(self));
  const html = (await shell.text())
    // The program would take the page for the one it knows.
    .replace(/<script type="(module|application\/json)"[^>]*>[\s\S]*?<\/script>/g, "")
    .replace(/<p>[^<]*<\/p>(?=<\/div><\/main>)/, () => body);
  const headers = new Headers(shell.headers);
  headers.delete("content-length");
  headers.delete("content-encoding");
  headers.set("cache-control", "no-store");
  return new Response(html, { headers });
}

/** How large a story is, and the buttons that save it; where it is saved, nothing. */
async function offer(words, path, language) {
  const { stories } = await state();
  if (stories.some((story) => story.path === path)) return "";
  const { worker } = words;
  try {
    const { headline, bytes, film, films } = await measure(path);
    const button = (label, whole, value) =>
      `<button class="button filled" type="submit" name="film" value="${value}">${escaped(
        fill(worker[label], { size: size(words, whole) }),
      )}</button>`;
    return `<form class="box offer" method="post"><h2 lang="${escaped(language)}" dir="auto">${escaped(headline)}</h2>
${hidden({ key: await keyOf(), do: "save", path })}
<p class="actions">${button("save_story", bytes, "no")}${films ? button("save_with_film", bytes + film, "yes") : ""}</p></form>`;
  } catch (error) {
    return `<p class="box" role="alert">${escaped(reason(words, error))}</p>`;
  }
}

function list(words, { stories, topics, bytes }, key) {
  const { worker, language } = words;
  if (stories.length === 0 && topics.length === 0) return `<p>${escaped(words.saved_none)}</p>`;
  const dates = new Intl.DateTimeFormat(LOCALES[language] ?? language, { dateStyle: "long" });
  const button = (fields, title) =>
    `<form method="post">${hidden({ key, ...fields })}<button class="button" type="submit" aria-label="${escaped(
      fill(worker.remove_saved, { title }),
    )}">${escaped(worker.remove)}</button></form>`;
  const items = stories.map(
    (story) =>
      `<li><h2><a href="${escaped(SCOPE + story.path)}" lang="${escaped(story.language)}" dir="auto">${escaped(
        story.headline,
      )}</a></h2><p class="meta">${escaped(
        fill(worker.saved_size, { size: size(words, story.bytes), date: dates.format(new Date(story.saved)) }),
      )}</p>${button({ do: "remove", path: story.path }, story.headline)}</li>`,
  );
  const kept = topics.map((topic) => {
    const category = new Intl.PluralRules(language).select(topic.newest);
    const text = worker.saved_topic_kept[category] ?? worker.saved_topic_kept.other;
    const wifi = topic.wifi ? ` · ${worker.saved_topic_wifi}` : "";
    return `<li><span>${escaped(fill(text, { topic: topic.name, n: topic.newest }) + wifi)}</span>${button(
      { do: "forget", topic: `${topic.language}/${topic.id}` },
      topic.name,
    )}</li>`;
  });
  return `<p class="meta">${escaped(fill(worker.saved_room, { size: size(words, bytes) }))}</p>
${kept.length > 0 ? `<ul class="kept-topics" role="list">${kept.join("")}</ul>` : ""}
<ul class="results" role="list">${items.join("\n")}</ul>
<div class="actions"><a class="button" href="${SCOPE}saved.zip">${escaped(worker.saved_export)}</a>
<form method="post">${hidden({ key, do: "clear" })}<button class="button" type="submit">${escaped(words.saved_clear)}</button></form></div>`;
}

/** Which topic, how many of its stories, over which line. Without a network, nothing. */
async function topicForm({ worker, topics: label }, language, key) {
  const response = await fetch(`${SCOPE}data/v1/${language}/topics.json`).catch(() => undefined);
  const { topics = [] } = response?.ok ? await response.json().catch(() => ({})) : {};
  if (topics.length === 0) return "";
  const options = topics.map(
    ({ id, name }) => `<option value="${escaped(JSON.stringify({ id, name }))}">${escaped(name)}</option>`,
  );
  return `<form class="topic-form" method="post"><h2>${escaped(worker.saved_topic)}</h2>${hidden({ key, do: "topic" })}
<label for="topic">${escaped(label)}</label><select id="topic" name="topic">${options.join("")}</select>
<label for="count">${escaped(worker.saved_topic_count)}</label><select id="count" name="count">${COUNTS.map(
    (count) => `<option>${count}</option>`,
  ).join("")}</select>
<label class="check"><input type="checkbox" name="wifi" value="yes" checked>${escaped(worker.saved_topic_wifi)}</label>
<button class="button filled" type="submit">${escaped(worker.saved_topic_save)}</button></form>`;
}

function hidden(fields) {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join("");
}

/** A number of bytes, as a person says it. */
function size({ worker }, bytes) {
  if (bytes < 999_500) return fill(worker.kilobytes, { n: Math.ceil(bytes / 1000) });
  const [whole, tenth] = (bytes / 1e6).toFixed(1).split(".");
  return fill(worker.megabytes, { n: tenth === "0" ? whole : whole + worker.decimal_sign + tenth });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** For text and for values in double quotes. */
export function escaped(text) {
  return String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
