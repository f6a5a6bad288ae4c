import assert from "node:assert/strict";
import test from "node:test";
import { keptParts } from "../../../../custom_components/reflex_smartupload/client/core/background_fetch/kept.js";

const upload = { loaded: new Map([[2, 10], [3, 0]]), claimed: new Set([2, 3, 5]), confirmed: new Set([1, 6]), cursor: 6, partCount: 9, size: 85, partSize: 10 };

test("what is on the line stays", () => {
  assert.deepEqual([...keptParts(upload, 0)], [2, 3]);
  assert.deepEqual([...keptParts(upload, 10)], [2, 3]);
});

test("as many more stay as go out meanwhile, in the order in which they would; what of a part is out does not count", () => {
  assert.deepEqual([...keptParts(upload, 11)], [2, 3, 5]);
  assert.deepEqual([...keptParts(upload, 35)], [2, 3, 5, 7, 8]);
  assert.deepEqual([...keptParts(upload, 1e6)], [2, 3, 5, 7, 8, 9]);
});
