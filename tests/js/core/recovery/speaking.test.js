import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Speaking } from "../../../../custom_components/reflex_smartupload/client/core/recovery/speaking.js";
import { language, say, useLanguage } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";
import { MemoryDisk } from "../../../../custom_components/reflex_smartupload/client/io/twins/memorydisk.js";

const GERMAN = { language: "de", words: "time-few = einige Sekunden" };

afterEach(() => useLanguage("en"));

/** An engine as far as it speaks. @param {MemoryDisk} disk */
const engineOn = (disk) => {
  /** @type {string[]} */
  const changed = [];
  const uploads = new Map([["a", { id: "a" }], ["b", { id: "b" }]]);
  const speaking = new Speaking(/** @type {any} */ ({ ports: { journal: disk.journal }, uploads, changed: (/** @type {{id: string}} */ u) => changed.push(u.id) }));
  return { speaking, changed };
};

test("an engine speaks as the page that came last, and shows all cards anew when that is another language", async () => {
  const disk = new MemoryDisk();
  const { speaking, changed } = engineOn(disk);
  await speaking.start();
  assert.equal(speaking.hear({ language: "en", words: "" }), false);
  assert.equal(disk.language, null, "nothing is written down for English");
  assert.equal(speaking.hear(GERMAN), true);
  assert.equal(say("time-few"), "einige Sekunden");
  assert.deepEqual(changed, ["a", "b"]);
  assert.equal(speaking.hear(GERMAN), false);
  assert.equal(speaking.hear({}), false, "a page of an older version says nothing of it");
  assert.equal(language(), "de");
});

test("one that starts with no page speaks as the last one did", async () => {
  const disk = new MemoryDisk();
  engineOn(disk).speaking.hear(GERMAN);
  useLanguage("en");
  await engineOn(disk).speaking.start();
  assert.equal(say("time-few"), "einige Sekunden");
});

test("a page that comes while that is read counts, and a journal that cannot be read leaves it English", async () => {
  const disk = new MemoryDisk();
  disk.language = { language: "fr", words: "" };
  const { speaking } = engineOn(disk);
  const started = speaking.start();
  speaking.hear(GERMAN);
  await started;
  assert.equal(language(), "de");
  useLanguage("en");
  disk.journal.spoken = () => Promise.reject(new Error("cannot be read"));
  await engineOn(disk).speaking.start();
  assert.equal(language(), "en");
});
