import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { getSelected, select, selectAll, selectNone } from "../../../../custom_components/reflex_smartupload/client/shell/lists/selection.js";

const SHOWN = ["a", "b", "c", "d", "e"];

beforeEach(selectNone);

test("a row is selected and is so no longer", () => {
  select("b", SHOWN, false);
  assert.deepEqual(getSelected(), ["b"]);
  select("b", SHOWN, false);
  assert.deepEqual(getSelected(), []);
});

test("with Shift all from the one before become what this one becomes, in both directions", () => {
  select("d", SHOWN, false);
  select("b", SHOWN, true);
  assert.deepEqual([...getSelected()].sort(), ["b", "c", "d"]);
  select("c", SHOWN, false);
  select("d", SHOWN, true);
  assert.deepEqual(getSelected(), ["b"]);
});

test("from one that is shown no more a range is one row", () => {
  select("b", SHOWN, false);
  select("d", ["c", "d", "e"], true);
  assert.deepEqual(getSelected(), ["b", "d"]);
});

test("all that are shown, and none of them; what is not shown stays as it is", () => {
  select("x", ["x"], false);
  selectAll(SHOWN, true);
  assert.deepEqual(getSelected(), ["x", ...SHOWN]);
  selectAll(SHOWN, false);
  assert.deepEqual(getSelected(), ["x"]);
});
