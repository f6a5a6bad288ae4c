// Elements stand in a sentence where its language has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placesIn } from "../../../../custom_components/reflex_smartupload/client/core/words/places.js";
import { addEnglish, say } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";

const MARKS = { files: "\uE000", folder: "\uE001" };

test("the elements of a sentence are numbered as they were given, and stand where the sentence has them", () => {
  addEnglish("as-given = or { $files } or { $folder }\nturned-round = { $folder } or { $files } or { $folder }.");
  assert.deepEqual(placesIn(say("as-given", MARKS)), ["or ", 0, " or ", 1]);
  assert.deepEqual(placesIn(say("turned-round", MARKS)), [1, " or ", 0, " or ", 1, "."]);
});

test("a sentence without elements is one piece, and one of elements alone has no empty words", () => {
  assert.deepEqual(placesIn("Nothing in it"), ["Nothing in it"]);
  assert.deepEqual(placesIn("\uE000\uE001"), [0, 1]);
  assert.deepEqual(placesIn(""), []);
});
