import assert from "node:assert/strict";
import test from "node:test";
import { NO_TOTALS } from "../../../../custom_components/reflex_smartupload/client/core/ports/pages.js";
import { toTotals } from "../../../../custom_components/reflex_smartupload/client/core/view/totals.js";
import { AROUND, left, make } from "./cards.js";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload} Upload */

const totals = (/** @type {Upload[]} */ uploads, more = {}) => toTotals(uploads, { now: AROUND.now, away: "", speed: 0, since: 0, left, stageRate: 1e6, home: { shared: true, outlives: false, backgroundRuns: false }, ...more });

test("totals count what is on its way, in bytes", () => {
  assert.deepEqual(totals([]), NO_TOTALS);
  const one = totals([make({ confirmed: new Set([1, 2, 3, 4, 5]) })]);
  assert.deepEqual([one.active, one.percent, one.text, one.title], [1, 50, "1 file on its way", "50 % · 1 file"]);
  const two = totals([make({ size: 300 }), make({ confirmed: new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), phase: "finishing" }), make({ phase: "ready", finishedAt: 5 }), make({ phase: "ready" }), make({ phase: "failed" })]);
  assert.deepEqual([two.active, two.done, two.percent, two.text, two.title], [2, 2, 40, "1 of 3 files", "1 of 3 · 40 %"]);
  const old = totals([make({ size: 300 }), make({ size: 300 }), make({ phase: "ready", finishedAt: 5 })], { since: 6 });
  assert.deepEqual([old.done, old.percent, old.text, old.title], [1, 0, "2 files on their way", "0 of 2 · 0 %"], "what was there before they came is none of them");
  assert.deepEqual(totals([make({ phase: "ready" })]), { ...NO_TOTALS, done: 1 });
});

test("totals say a time only while there is a line and a speed", () => {
  const uploads = [make({ size: 600e6, partSize: 10e6 })];
  assert.equal(totals(uploads, { speed: 1e6 }).eta, "about 10 min left");
  assert.equal(totals(uploads, { speed: 1e6, away: "no_connection" }).eta, "");
  assert.equal(totals(uploads, { left: () => null }).eta, "");
});

test("totals let people go when all may go", () => {
  const safe = make({ snapshot: new Blob(["x"]) });
  assert.equal(totals([safe, safe]).leave, "return");
  assert.equal(totals([safe, make()]).leave, "stay");
  assert.equal(totals([safe, make({ needsFile: true })]).leave, "return", "one that waits for its file keeps nobody");
  const { leave, leave_text, active } = totals([make({ source: null, synced: false })]);
  assert.deepEqual([leave, leave_text, active], ["", "", 1], "nothing is promised before the server has said what is confirmed");
});

test("what is held back does not go on by itself while the server hangs", () => {
  const held = make({ heldIn: "h.u1", snapshot: new Blob(["x"]) });
  assert.deepEqual([totals([held]).leave, totals([held], { silent: true }).leave], ["continues", "return"]);
});
