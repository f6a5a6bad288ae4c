import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { isolated } from "../../../../custom_components/reflex_smartupload/client/core/files/direction.js";
import { addEnglish, isRightToLeft, isSaid, language, say, useLanguage } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";

afterEach(() => useLanguage("en"));

test("a sentence is said in the language that is spoken, in English where that one has none, and by its key where nobody has", () => {
  useLanguage("de", "time-few = einige Sekunden");
  assert.equal(language(), "de");
  assert.equal(say("time-few"), "einige Sekunden");
  assert.equal(say("time-left", { time: say("time-few") }), "einige Sekunden left");
  assert.equal(say("no-such-key"), "no-such-key");
  assert.deepEqual([isSaid("time-few"), isSaid("no-such-key")], [true, false]);
  useLanguage("en");
  assert.equal(say("time-few"), "a few seconds");
});

test("numbers and plurals are those of the language", () => {
  assert.equal(say("count-files", { count: 1000 }), "1,000 files");
  useLanguage("de", "count-files = { $count ->\n    [one] { $count } Datei\n   *[other] { $count } Dateien\n }");
  assert.equal(say("count-files", { count: 1 }), "1 Datei");
  assert.equal(say("count-files", { count: 1000 }), "1.000 Dateien");
  useLanguage("ar", "count-files = { $count ->\n    [two] two\n    [few] few\n    [many] many\n   *[other] other\n }");
  assert.deepEqual([2, 3, 11, 100].map((count) => say("count-files", { count })), ["two", "few", "many", "other"]);
});

test("an app may say it otherwise; nothing that nobody sees is put into a sentence", () => {
  addEnglish("its-own = { $name } of ours");
  assert.equal(say("its-own", { name: "a.txt" }), "a.txt of ours");
  addEnglish("its-own = Another one");
  assert.equal(say("its-own"), "Another one");
});

test("a sentence with what it needs missing breaks no page", () => {
  assert.match(say("time-left"), /left$/);
});

test("in a language from right to left each name stands apart", () => {
  assert.equal(isolated("a (1).txt"), "a (1).txt");
  useLanguage("ar");
  assert.equal(isolated("a (1).txt"), "\u2068a (1).txt\u2069");
  assert.deepEqual(["ar-EG", "he", "en", "de-AT"].map(isRightToLeft), [true, true, false, false]);
});
