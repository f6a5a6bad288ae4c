import assert from "node:assert/strict";
import test from "node:test";
import { isInList, needsPerson } from "../../../../custom_components/reflex_smartupload/client/core/ports/pages.js";

test("a file needs its person when it is asked for, says what is wrong, or came to no good end", () => {
  const needs = (/** @type {object} */ more) => needsPerson({ needs_file: false, error: "", state: "uploading", ...more });
  assert.deepEqual([{}, { state: "ready" }, { state: "cancelled" }].map(needs), [false, false, false]);
  assert.deepEqual([{ needs_file: true }, { error: "This file is empty." }, { state: "blocked" }, { state: "failed" }, { state: "expired" }].map(needs), [true, true, true, true, true]);
});

test("what was cancelled is in the list of its group for as long as that can be undone", () => {
  assert.deepEqual([true, false].map((can_undo) => isInList({ state: "cancelled", can_undo })), [true, false]);
  assert.equal(isInList({ state: "failed", can_undo: false }), true);
});
