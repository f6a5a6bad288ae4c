import assert from "node:assert/strict";
import test from "node:test";
import { atOnce, fits, isSignedAhead, mayReadAhead, nextForLine, nextToStage, nextUpload, stageWay, stallAfter, worthStaging } from "../../../../custom_components/reflex_smartupload/client/core/sending/schedule.js";
import { ASSUMED } from "../../../../custom_components/reflex_smartupload/client/core/staging/copy_rates.js";

const on = (/** @type {string} */ id, /** @type {number} */ partsAhead, open = true) => ({ id, open, partsAhead });
const next = (/** @type {ReturnType<typeof on>[]} */ uploads) => nextUpload(uploads, (u) => u.open)?.id ?? null;

test("the upload with the fewest parts ahead of the line is next, the older one when equal", () => {
  assert.equal(next([on("a", 3), on("b", 1), on("c", 2)]), "b");
  assert.equal(next([on("a", 1), on("b", 1)]), "a");
  assert.equal(next([]), null);
  assert.equal(next([on("a", 0, false)]), null);
});

test("a small file does not wait behind a large one, but only four are abreast", () => {
  assert.equal(next([on("large", 4), on("small", 0)]), "small");
  assert.equal(next([on("a", 3), on("b", 3), on("c", 3), on("d", 3), on("e", 0)]), "a");
});

test("only those of which a part is left to choose count as abreast: small files go in crowds", () => {
  assert.equal(next([on("a", 1, false), on("b", 1, false), on("c", 1, false), on("d", 1, false), on("e", 0)]), "e");
  assert.equal(next([on("a", 0, false), on("b", 0, false), on("c", 0, false), on("d", 0, false), on("e", 0)]), "e");
});

test("files of one part and files of several share the line", () => {
  /** @param {string} signed "a" alone, "s" of several, upper case: may not go now @param {string} onLine @param {string} last */
  const goes = (signed, onLine, last = "s") => {
    const parts = [...signed].map((one) => ({ isAlone: one.toLowerCase() === "a", mayGo: one === one.toLowerCase() }));
    return nextForLine(parts, { alone: [...onLine].filter((one) => one === "a").length, all: onLine.length, wasAlone: last === "a" });
  };
  assert.equal(goes("aaas", "aa"), 3, "a large one does not wait for the crowd");
  assert.equal(goes("ssa", "sss"), 2, "nor a small one for the large ones");
  assert.deepEqual([goes("sa", "as", "a"), goes("sa", "as", "s"), goes("as", "", "a"), goes("as", "", "s")], [0, 1, 1, 0], "in turn");
  assert.deepEqual([goes("aaa", "aaa"), goes("ss", "ss")], [0, 0], "alone they have all of it, in their order");
  assert.deepEqual([goes("Sas", "aaa"), goes("SSa", "aaa"), goes("SA", "")], [2, 2, -1], "but not what may not go");
  assert.equal(goes("", ""), -1);
});

const rates = (/** @type {Record<string, number>} */ measured) => (/** @type {"snapshot" | "opfs"} */ way) => measured[way] ?? ASSUMED[way];

test("the way of staging is the faster one, by what was measured here", () => {
  const facts = { size: 100e6, room: 1e9, snapshot: true, opfs: true, rate: rates({}) };
  assert.ok(ASSUMED.snapshot > ASSUMED.opfs);
  assert.equal(stageWay(facts), "snapshot");
  assert.equal(stageWay({ ...facts, rate: rates({ opfs: 800e6 }) }), "opfs");
  assert.equal(stageWay({ ...facts, rate: rates({ opfs: 800e6, snapshot: 900e6 }) }), "snapshot");
  assert.equal(stageWay({ ...facts, rate: rates({ snapshot: 100e6 }) }), "opfs");
});

test("a file that does not fit as a whole goes part by part; without room or way it is not staged", () => {
  const facts = { size: 1e9, room: 1.5e9, snapshot: true, opfs: true, rate: rates({}) };
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
  assert.equal(nextToStage(upload, { sendRate: 0, stageRate: 5 }, 0), 3, "an unknown line counts as slow");
  assert.equal(nextToStage(upload, { sendRate: 1, stageRate: 5 }, 0), 3);
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([3]) }, { sendRate: 1, stageRate: 5 }, 0), 2, "eight seconds to send, two to write");
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([3, 2]) }, { sendRate: 1, stageRate: 5 }, 0), 0, "one second to send, two to write");
  assert.equal(nextToStage({ ...upload, claimed: new Set([3]) }, { sendRate: 1, stageRate: 5 }, 0), 2, "what waits longer goes first");
  assert.equal(nextToStage({ ...upload, stagedParts: new Set([3, 2]) }, { sendRate: 1, stageRate: 5 }, 4), 1, "four of what is said to have left lie in a buffer");
});

test("as much is read ahead as keeps the line busy and memory flat", () => {
  /** @param {number} parallel @param {number} partBytes @param {number} [most] @param {number} [rate] */
  const ahead = (parallel, partBytes, most, rate) => {
    let parts = 0;
    while (parts < 1000 && mayReadAhead({ parts, bytes: parts * partBytes }, partBytes, { parallel, most, rate })) parts += 1;
    return parts;
  };
  assert.equal(ahead(4, 1), 100, "as many as one call signs");
  assert.equal(ahead(4, 320_000), 100);
  assert.equal(ahead(4, 2e6), 16);
  assert.equal(ahead(4, 5e6), 6);
  assert.equal(ahead(4, 8e6), 4);
  assert.equal(ahead(4, 500e6), 4, "never less than goes out at once");
  assert.equal(ahead(4, 0), 100);
  assert.equal(ahead(1, 8, 128), 16, "where there is less memory");
  assert.equal(ahead(4, 8e6, undefined, 1e6), 8, "on a slow line twice what goes out at once, so that several are signed in a call");
  assert.equal(ahead(6, 8e6, undefined, 60e6), 22, "on a fast one what it does in three seconds");
  assert.equal(ahead(6, 8e6, undefined, 60e9), 100);
  assert.equal(mayReadAhead({ parts: 20, bytes: 31e6 }, 2e6, { parallel: 4 }), false, "large ones among small ones");
  assert.equal(mayReadAhead({ parts: 20, bytes: 31e6 }, 1e6, { parallel: 4 }), true);
});

test("so much is signed that the next parts can wait: half of what goes out at once, and what the line does in a second", () => {
  const signed = (/** @type {number} */ parts, /** @type {number} */ rate) => isSignedAhead({ parts, bytes: parts * 8e6 }, { parallel: 6, rate });
  assert.deepEqual([signed(2, 1e6), signed(3, 1e6)], [false, true]);
  assert.deepEqual([signed(7, 60e6), signed(8, 60e6)], [false, true]);
  assert.equal(signed(100, 0), false, "nothing waits on a line of which nothing is known");
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

test("more parts are on the line where all of them are through within a minute", () => {
  assert.deepEqual([0, 100_000, 500_000, 700_000, 850_000, 50e6].map((rate) => atOnce(6, rate)), [4, 4, 4, 5, 6, 6]);
  assert.deepEqual([0, 50e6].map((rate) => atOnce(12, rate)), [4, 12]);
  assert.equal(atOnce(2, 50e6), 2, "no more than the server allows");
});
