import assert from "node:assert/strict";
import { test } from "node:test";
import { mergician } from "../../../custom_components/reflex_smartupload/lean/merge.js";

test("what is in both goes by the later one, also in depth", () => {
  const [first, second] = [{ a: 1, style: { color: "red", top: 0 } }, { b: [1], style: { color: "blue" } }];
  assert.deepEqual(mergician(first, second), { a: 1, b: [1], style: { color: "blue", top: 0 } });
  assert.deepEqual(first.style, { color: "red", top: 0 }, "and neither is changed");
});

test("what is no plain object is taken as it is", () => {
  const day = new Date(0);
  assert.equal(mergician({ at: { a: 1 } }, { at: day }).at, day);
  assert.equal(/** @type {any} */ (mergician({ at: day }, { at: { a: 1 } }).at).a, 1);
});
