import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { OTHERS } from "../../../../custom_components/reflex_smartupload/client/shell/language/catalogues.js";
import { say, useLanguage } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";

const GERMAN = { words: "time-few = einige Sekunden", pages: "title = Titel" };
let asked = 0;
OTHERS.de = async () => {
  asked += 1;
  return GERMAN;
};
OTHERS.ar = () => Promise.reject(new TypeError("the line is down"));
const { begin, chooseLanguage, follow, getLanguage, LANGUAGES, spokenHere, subscribeLanguage, takeFollowed } = await import("../../../../custom_components/reflex_smartupload/client/shell/language/language.js");

const root = { lang: "en", dir: "", removeAttribute: (/** @type {string} */ name) => assert.equal(name, "data-words") };
/** @type {string[]} */
let heard = [];
let stop = () => {};

beforeEach(() => {
  const page = { documentElement: root, cookie: "" };
  Object.assign(globalThis, { document: page, location: { protocol: "https:" } });
  heard = [];
  stop = subscribeLanguage(() => heard.push(getLanguage()));
});
afterEach(async () => {
  await follow("en");
  stop();
  useLanguage("en");
});

test("the engine is told nothing before it is known what the page speaks, and then it is", () => {
  assert.deepEqual(spokenHere(), {}, "English is what it was built in, and nobody's wish");
  begin();
  assert.deepEqual([spokenHere().language, heard], ["en", ["en"]]);
  begin();
  assert.deepEqual(heard, ["en"], "nobody waits for it any more");
});

test("who chooses is spoken to so from then on: in the page, by the engine, and on the next visit", async () => {
  assert.deepEqual(LANGUAGES.map(({ tag }) => tag), ["en", "de", "ar"]);
  assert.equal(await chooseLanguage("de"), true);
  assert.deepEqual([say("time-few"), say("title")], ["einige Sekunden", "Titel"]);
  assert.deepEqual(spokenHere(), { language: "de", words: GERMAN.words }, "the engine has no use for words of pages");
  assert.equal(document.cookie, "smartupload_language=de; Path=/; Max-Age=31536000; SameSite=Lax; Secure");
  assert.deepEqual([root.lang, root.dir, heard], ["de", "", ["de"]]);
  await chooseLanguage("en");
  await chooseLanguage("de");
  assert.equal(asked, 1, "its words are fetched once");
});

test("a language whose words do not come is not spoken, and all stays as it was", async () => {
  assert.equal(await chooseLanguage("ar"), false);
  assert.deepEqual([getLanguage(), document.cookie, heard], ["en", "", []]);
});

test("another tab's choice is followed where it is known; what is spoken already is no news", async () => {
  assert.equal(await follow("xx"), false);
  assert.equal(await follow("en"), true);
  assert.deepEqual(heard, []);
  assert.equal(await follow("de"), true);
  assert.equal(document.cookie, "", "it is the other one that keeps it");
  assert.deepEqual([takeFollowed(), takeFollowed()], ["de", ""], "the server of this page hears of it once");
  assert.equal(await follow("ar"), false);
  await chooseLanguage("en");
  assert.equal(takeFollowed(), "", "neither where its words did not come, nor of what was chosen here");
});

test("a visit begins in the language that was chosen", async () => {
  document.cookie = "theme=dark; smartupload_language=de";
  const spoken = new Promise((resolve) => subscribeLanguage(() => resolve(undefined)));
  begin();
  await spoken;
  assert.equal(getLanguage(), "de");
});
