import assert from "node:assert/strict";
import test from "node:test";
import { keptParts, leftThere } from "../../../../custom_components/reflex_smartupload/client/core/background_fetch/kept.js";

const upload = { loaded: new Map([[2, 10], [3, 0]]), claimed: new Set([2, 3, 5]), confirmed: new Set([1, 6]), cursor: 6, partCount: 9, size: 85, partSize: 10 };

test("what is on the line stays, whatever of it is said to have left", () => {
  assert.deepEqual([...keptParts(upload, 0)], [2, 3]);
  assert.deepEqual([...keptParts(upload, 20)], [2, 3]);
});

test("as many more stay as go out meanwhile, in the order in which they would", () => {
  assert.deepEqual([...keptParts(upload, 21)], [2, 3, 5]);
  assert.deepEqual([...keptParts(upload, 45)], [2, 3, 5, 7, 8]);
  assert.deepEqual([...keptParts(upload, 1e6)], [2, 3, 5, 7, 8, 9]);
});

test("what of a part is out for sure makes room for another one", () => {
  assert.deepEqual([...keptParts(upload, 17, 6)], [2, 3, 5]);
  assert.deepEqual([...keptParts(upload, 16, 6)], [2, 3]);
});

test("what is left in the browser's hands: neither what is sent here nor what has arrived, and each part once", () => {
  const left = (/** @type {number[] | null} */ kept, /** @type {number[]} */ confirmed) => leftThere({ kept: kept && new Set(kept), confirmed: new Set(confirmed), size: 85, partSize: 10 });
  assert.equal(left([1, 2], []), 65);
  assert.equal(left([1, 2], [1, 4]), 55);
  assert.equal(left([1, 2], [1, 9]), 60, "the last part is shorter");
  assert.equal(left(null, [3]), 75);
});
