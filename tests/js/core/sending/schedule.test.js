import assert from "node:assert/strict";
import test from "node:test";
import { ASSUMED, fits, lookAhead, nextToStage, nextUpload, stageWay, stallAfter, worthStaging } from "../../../../custom_components/reflex_smartupload/client/core/sending/schedule.js";

const on = (/** @type {string} */ id, /** @type {number} */ claimed, open = true) => ({ id, open, claimed: { size: claimed } });
const next = (/** @type {ReturnType<typeof on>[]} */ uploads) => nextUpload(uploads, (u) => u.open)?.id ?? null;

test("the upload with the fewest parts under way goes next, the older one when equal", () => {
  assert.equal(next([on("a", 3), on("b", 1), on("c", 2)]), "b");
  assert.equal(next([on("a", 1), on("b", 1)]), "a");
  assert.equal(next([]), null);
  assert.equal(next([on("a", 0, false)]), null);
});

test("a small file does not wait behind a large one, but only four are abreast", () => {
  assert.equal(next([on("large", 4), on("small", 0)]), "small");
  assert.equal(next([on("a", 3), on("b", 3), on("c", 3), on("d", 3), on("e", 0)]), "a");
});

test("uploads that have all their parts on the line still count as abreast; those with nothing to do do not", () => {
  assert.equal(next([on("a", 1, false), on("b", 1, false), on("c", 1, false), on("d", 1, false), on("e", 0)]), null);
  assert.equal(next([on("a", 0, false), on("b", 0, false), on("c", 0, false), on("d", 0, false), on("e", 0)]), "e");
});

test("the way of staging is the faster one, by what was measured here", () => {
  const facts = { size: 100e6, room: 1e9, snapshot: true, opfs: true, rates: /** @type {Record<string, number>} */ ({}) };
  assert.ok(ASSUMED.snapshot > ASSUMED.opfs);
  assert.equal(stageWay(facts), "snapshot");
  assert.equal(stageWay({ ...facts, rates: { opfs: 800e6 } }), "opfs");
  assert.equal(stageWay({ ...facts, rates: { opfs: 800e6, snapshot: 900e6 } }), "snapshot");
  assert.equal(stageWay({ ...facts, rates: { snapshot: 100e6 } }), "opfs");
});

test("a file that does not fit as a whole goes part by part; without room or way it is not staged", () => {
  const facts = { size: 1e9, room: 1.5e9, snapshot: true, opfs: true, rates: {} };
  assert.equal(stageWay({ ...facts, room: 1e9 }), "opfs", "it needs a little more than its size");
  assert.equal(stageWay({ ...facts, room: 1e9, opfs: false }), "");
  assert.equal(stageWay({ ...facts, room: 0 }), "");
  assert.equal(stageWay({ ...facts, snapshot: false }), "opfs");
  assert.equal(stageWay({ ...facts, opfs: false }), "snapshot");
  assert.equal(stageWay({ ...facts, snapshot: false, opfs: false }), "");
  assert.equal(stageWay({ ...facts, room: 1.021e9 }), "snapshot");
});

test("nothing is staged that is sent sooner than it is written", () => {
  const facts = { left: 1e9, ahead: 0, sendRate: 100e6, stageRate: 400e6 };
  assert.equal(worthStaging(facts), true);
  assert.equal(worthStaging({ ...facts, sendRate: 500e6 }), false);
  assert.equal(worthStaging({ ...facts, sendRate: 500e6, ahead: 1e9 }), true, "others go first");
  assert.equal(worthStaging({ ...facts, sendRate: 0 }), true, "an unknown line counts as slow");
  assert.equal(worthStaging({ ...facts, left: 0 }), false);
  assert.equal(worthStaging({ ...facts, left: -1, sendRate: 0 }), false);
});

test("parts are staged from the tail, and none that is confirmed or staged already", () => {
  const upload = { partCount: 5, partSize: 10, confirmed: new Set([1]), claimed: new Set([2]), stagedParts: new Set(), loaded: new Map() };
  const fast = { sendRate: 1e6, stageRate: 1 };
  assert.equal(nextToStage(upload, fast), 5);
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([5, 4]) }, fast), 3);
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([5, 4, 3]) }, fast), 0, "they have met");
  assert.equal(nextToStage({ ...upload, confirmed: new Set([1, 5]) }, fast), 4);
});

test("parts chosen for the line are staged last, and only if they would not be sent before they are written", () => {
  const upload = { partCount: 3, partSize: 10, confirmed: new Set(), claimed: new Set([1, 2, 3]), stagedParts: new Set(), loaded: new Map([[1, 9], [2, 2]]) };
  assert.equal(nextToStage(upload, { sendRate: 0, stageRate: 5 }), 3, "an unknown line counts as slow");
  assert.equal(nextToStage(upload, { sendRate: 1, stageRate: 5 }), 3);
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([3]) }, { sendRate: 1, stageRate: 5 }), 2, "eight seconds to send, two to write");
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([3, 2]) }, { sendRate: 1, stageRate: 5 }), 0, "one second to send, two to write");
  assert.equal(nextToStage({ ...upload, claimed: new Set([3]) }, { sendRate: 1, stageRate: 5 }), 2, "what waits longer goes first");
});

test("as much is read ahead as keeps the line busy and memory flat", () => {
  assert.equal(lookAhead(4, 1), 16);
  assert.equal(lookAhead(4, 2e6), 16);
  assert.equal(lookAhead(4, 5e6), 6);
  assert.equal(lookAhead(4, 8e6), 4);
  assert.equal(lookAhead(4, 500e6), 4, "never less than goes out at once");
  assert.equal(lookAhead(4, 0), 16);
  assert.equal(lookAhead(1, 1), 4);
});

test("a part is stuck after 20 s without progress; when all is out the store may take a minute", () => {
  assert.equal(stallAfter(0, 10), 20_000);
  assert.equal(stallAfter(9, 10), 20_000);
  assert.equal(stallAfter(10, 10), 60_000);
});

test("a file fits with a little room to spare", () => {
  assert.equal(fits(0, 1e6), true);
  assert.equal(fits(1, 1e6), false);
  assert.equal(fits(100e6, 103e6), true);
  assert.equal(fits(100e6, 102.9e6), false);
});
