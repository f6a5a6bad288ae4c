import assert from "node:assert/strict";
import test from "node:test";
import { Width } from "../../../../custom_components/reflex_smartupload/client/core/sending/trouble.js";

const SIZE = 8e6;
const cut = (/** @type {number} */ seconds, bytes = 4e6) => ({ ms: seconds * 1000, bytes, size: SIZE });
const part = (/** @type {number} */ seconds, shared = 1, size = SIZE) => ({ ms: seconds * 1000, size, out: size * shared });

test("a line that was never cut has room for as many as are wanted", () => {
  const width = new Width();
  width.gotThrough(part(100, 4));
  assert.equal(width.at(0), Infinity);
});

test("after a cut one goes, and then as many as are through in time", () => {
  const width = new Width();
  width.wasCut(0, cut(60), false);
  assert.equal(width.at(0), 1);
  width.gotThrough(part(12));
  assert.equal(width.at(0), 4);
  width.gotThrough(part(44, 2));
  assert.equal(width.at(0), 2);
});

test("a part that was cut twice has four others go alone first", () => {
  const width = new Width();
  width.wasCut(0, cut(60), true);
  for (let through = 0; through < 4; through += 1) {
    assert.equal(width.at(0), 1);
    width.gotThrough(part(1));
  }
  assert.ok(width.at(0) > 40);
});

test("one that takes longer and gets through shows that it was no matter of time", () => {
  const width = new Width();
  width.wasCut(0, cut(3), false);
  width.gotThrough(part(5));
  assert.equal(width.at(0), Infinity);
});

test("a small one shows the least that the line carries", () => {
  const width = new Width();
  width.wasCut(0, cut(60), false);
  width.gotThrough(part(1, 1, 1e5));
  assert.equal(width.at(0), 1);
  width.gotThrough(part(12));
  width.gotThrough(part(1, 1, 1e5));
  assert.equal(width.at(0), 4);
});

test("ten minutes after the last cut more are tried once more", () => {
  const width = new Width();
  width.wasCut(0, cut(60), false);
  width.gotThrough(part(50));
  assert.deepEqual([width.at(600_000), width.at(600_001)], [1, Infinity]);
});

test("two cuts are alike by time or by size, and a line that was down from the start is like nothing", () => {
  const width = new Width();
  assert.equal(width.wasCut(0, cut(60), false), false);
  assert.equal(width.wasCut(0, cut(62, 1e6), false), true);
  assert.equal(width.wasCut(0, cut(10, 1.05e6), false), true);
  assert.equal(width.wasCut(0, cut(30, 5e6), false), false);
  assert.equal(width.wasCut(0, cut(30, 0), false), false);
});
