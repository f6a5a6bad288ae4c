import assert from "node:assert/strict";
import test from "node:test";
import { endOf } from "../../../../custom_components/reflex_smartupload/client/shell/document/names.js";

test("of a name that is cut its ending stays, with some letters before it", () => {
  assert.equal(endOf("minutes of the meeting.docx"), "ing.docx");
  assert.equal(endOf("a name with no ending"), "ing");
  assert.equal(endOf(".profile"), "ile", "a dot at the beginning begins no ending");
  assert.equal(endOf("what is said. And then some more"), "ore", "nor does one in the middle of a sentence");
  assert.equal(endOf("👩‍👩‍👧‍👦👍🏽é.mov"), "👩‍👩‍👧‍👦👍🏽é.mov", "what is seen as one sign is not taken apart");
});
