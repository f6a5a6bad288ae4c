import assert from "node:assert/strict";
import test from "node:test";
import { draggedTexts } from "../../../../custom_components/reflex_smartupload/client/shell/document/dropping.js";

const dragged = (/** @type {object} */ more) => draggedTexts({ count: 3, isMixed: false, nobody: "", place: "", ...more });

test("how many and where to; no more is said than a browser knows", () => {
  assert.deepEqual(dragged({}), { what: "3 files", where: "Drop anywhere on this page." });
  assert.equal(dragged({ count: 1 }).what, "1 file");
  assert.equal(dragged({ isMixed: true }).what, "3 files or folders");
  assert.equal(dragged({ count: 1, isMixed: true }).what, "A file or a folder");
  assert.equal(dragged({ count: 0 }).what, "Files", "Safari gives no number");
  assert.match(dragged({ place: "Website" }).where, /^Drop anywhere, into “.?Website.?”\.$/);
});

test("where nobody takes them nobody is invited", () => {
  assert.deepEqual(dragged({ nobody: "none" }).what, "");
  assert.match(dragged({ nobody: "several" }).where, /several places for files/);
});
