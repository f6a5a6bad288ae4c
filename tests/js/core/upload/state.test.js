import assert from "node:assert/strict";
import test from "node:test";
import { firstState, step } from "../../../../custom_components/reflex_smartupload/client/core/upload/state.js";
import { IllegalTransition } from "../../../../custom_components/reflex_smartupload/client/core/upload/transitions.js";

const FAULT = { code: "internal_error", text: "" };

/** @param {Partial<import("../../../../custom_components/reflex_smartupload/client/core/upload/state.js").State>} [known] */
const state = (known = {}) => firstState({ key: "k", name: "a.txt" }, known);

test("a state is never changed: an event makes another one, and leaves what it does not speak of", () => {
  const before = state({ uploadId: "u1" });
  const after = step(before, "doubted");
  assert.ok(Object.isFrozen(before) && Object.isFrozen(after));
  assert.deepEqual(after, { ...before, synced: false });
  assert.equal(step(before, "stated", { state: "scanning", at: "1", bytes: 5 }).confirmedElsewhere, 5);
  assert.equal(before.confirmedElsewhere, 0);
});

test("the phase follows the table, and what the table does not have changes nothing", () => {
  const open = step(step(state(), "named", "u1"), "opened");
  assert.equal(open.phase, "open");
  const there = step(open, "paused");
  assert.deepEqual([there.phase, there.pausedAtServer], ["paused", true]);
  const back = step(there, "resumed");
  assert.deepEqual([back.phase, back.pausedAtServer], ["open", false]);
  assert.throws(() => step(back, "resume"), IllegalTransition);
});

test("an end says when and why, and that no file is needed", () => {
  const waiting = state({ phase: "open", needsFile: true });
  const { phase, finishedAt, fault, needsFile } = step(waiting, "failed", { at: 7, fault: FAULT });
  assert.deepEqual([phase, finishedAt, fault, needsFile], ["failed", 7, FAULT, false]);
  const refused = step(waiting, "failed", { fault: FAULT });
  assert.deepEqual([refused.finishedAt, refused.needsFile], [0, true], "an answer that is an error says nothing of them");
});

test("another try begins anew at the server, under another key", () => {
  const failed = state({ phase: "failed", uploadId: "u1", shareUrl: "s", serverState: "failed", finishedAt: 7, synced: true, taken: true, fault: FAULT });
  const { phase, key, uploadId, shareUrl, serverState, finishedAt, synced, taken, fault } = step(failed, "retry", "k2");
  assert.deepEqual([phase, key, uploadId, shareUrl, serverState, finishedAt, synced, taken, fault], ["new", "k2", "", "", "", 0, false, false, null]);
});

test("what the browser is asked for is in its hands once it has said so, and in nobody's until it gave it up", () => {
  const offered = step(state(), "offered", "r");
  assert.deepEqual([offered.offeredTo, offered.handedTo], ["r", ""]);
  const handed = step(offered, "handedOver");
  assert.deepEqual([handed.offeredTo, handed.handedTo], ["", "r"]);
  const called = step(handed, "calledBack");
  assert.deepEqual([called.offeredTo, called.handedTo], ["r", ""]);
  assert.equal(step(called, "regained").offeredTo, "");
});

test("a file that was at hand until now and is another is said; one that was not is only asked for", () => {
  const { needsFile, edited, fault } = step(state(), "lost", "file_changed");
  assert.deepEqual([needsFile, edited, fault?.code], [true, true, "file_changed"]);
  assert.deepEqual([step(state(), "lost", "").edited, step(state(), "lost", "").fault], [false, null]);
});

test("the file of another browser is not asked for while the server finishes it", () => {
  assert.deepEqual([step(state({ phase: "open" }), "shown", true).needsFile, step(state({ phase: "finishing" }), "shown", true).needsFile], [true, false]);
});
