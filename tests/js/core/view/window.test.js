import assert from "node:assert/strict";
import test from "node:test";
import { rowAfter, rowsIn, seenRow, startOf, topFor } from "../../../../custom_components/reflex_smartupload/client/core/view/window.js";

const PLACE = { top: 0, room: 480, height: 60 };
const span = (/** @type {number[]} */ rows) => [rows[0], rows.at(-1), rows.length];

test("of ten thousand rows those are in the page that can be seen, and some around them", () => {
  assert.deepEqual(span(rowsIn(10_000, PLACE, -1)), [0, 13, 14]);
  assert.deepEqual(span(rowsIn(10_000, { ...PLACE, top: 60 * 1000 }, -1)), [994, 1013, 20]);
  assert.deepEqual(span(rowsIn(10_000, { ...PLACE, top: 60 * 9992 }, -1)), [9980, 9999, 20]);
  assert.deepEqual(rowsIn(3, PLACE, -1), [0, 1, 2]);
  assert.deepEqual(rowsIn(0, PLACE, -1), []);
});

test("however far it is scrolled, all rows that can be seen are there, once and in their order", () => {
  for (let top = 0; top <= 60 * 100 - 480; top += 7) {
    const rows = rowsIn(100, { ...PLACE, top: startOf(top, 60) }, 50);
    for (let row = Math.floor(top / 60); row < Math.ceil((top + 480) / 60); row += 1) assert.ok(rows.includes(row), `${row} at ${top}`);
    assert.deepEqual(rows, [...new Set(rows)].sort((a, b) => a - b));
  }
});

test("a list that became shorter than it is scrolled still has rows", () => {
  assert.ok(rowsIn(5, { ...PLACE, top: 6000 }, -1).length > 0);
});

test("the row with the focus stays in the page, wherever the list is scrolled", () => {
  assert.deepEqual(rowsIn(10_000, { ...PLACE, top: 60_000 }, 3)[0], 3);
  assert.deepEqual(rowsIn(10_000, PLACE, 9000).at(-1), 9000);
  assert.equal(rowsIn(10_000, PLACE, 10_000).at(-1), 13, "one that is not there is none");
});

test("keys lead to the row beside, a page on, and to both ends, and other keys nowhere", () => {
  const to = (/** @type {string} */ key, current = 10) => rowAfter(key, current, 100, PLACE);
  assert.deepEqual(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End"].map((key) => to(key)), [11, 9, 18, 2, 0, 99]);
  assert.deepEqual([to("ArrowUp", 0), to("ArrowDown", 99), to("PageUp", 3), to("ArrowDown", -1)], [0, 99, 0, 0]);
  assert.deepEqual([to("a"), to("Tab"), to("Enter"), rowAfter("Home", 0, 0, PLACE)], [-1, -1, -1, -1]);
});

test("the list is scrolled no further than it takes to see a row", () => {
  assert.equal(topFor(3, PLACE), 0);
  assert.equal(topFor(8, PLACE), 60);
  assert.equal(topFor(3, { ...PLACE, top: 600 }), 180);
});

test("the keyboard begins at the row it was on while that can be seen, else at the first that can", () => {
  assert.equal(seenRow(2, 100, PLACE), 2);
  assert.equal(seenRow(2, 100, { ...PLACE, top: 630 }), 11);
  assert.equal(seenRow(-1, 100, PLACE), 0);
  assert.equal(seenRow(-1, 0, PLACE), -1);
  assert.equal(seenRow(5, 2, { ...PLACE, top: 600 }), 1);
});
