import assert from "node:assert/strict";
import test from "node:test";
import { firstState, MOVES, step as stepped } from "../../../../custom_components/reflex_smartupload/client/core/upload/state.js";
import { IllegalTransition, TRANSITIONS } from "../../../../custom_components/reflex_smartupload/client/core/upload/transitions.js";

const FAULT = { code: "internal_error", text: "" };

/**
 * @template {import("../../../../custom_components/reflex_smartupload/client/core/upload/state.js").Event} E
 * @param {Readonly<import("../../../../custom_components/reflex_smartupload/client/core/upload/state.js").State>} before @param {E} event
 * @param {import("../../../../custom_components/reflex_smartupload/client/core/upload/state.js").Facts<E>} facts
 */
const step = (before, event, ...facts) => stepped(before, event, ...facts)[0];

/** @param {Partial<import("../../../../custom_components/reflex_smartupload/client/core/upload/state.js").State>} [known] */
const state = (known = {}) => firstState({ key: "k", name: "a.txt" }, known);

const END = { at: 1, fault: null };

/** @param {Partial<import("../../../../custom_components/reflex_smartupload/client/core/upload/state.js").State>} known */
const open = (known = {}) => firstState({ key: "k", name: "a.txt" }, { phase: "open", uploadId: "u1", ...known });

/** The names of what has to be done. @param {ReturnType<typeof stepped>} stepped */
const names = ([, effects]) => effects.map((effect) => effect.join(" ")).join(", ");

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

test("every event of the table of phases is one that outcomes are told", () => {
  for (const event of Object.keys(TRANSITIONS)) assert.ok(event in MOVES, event);
});

test("what the journal has without a name may be at the server, whatever became of it here; the server's refusal says that it is not", () => {
  const entry = (/** @type {string} */ phase, uploadId = "") => firstState({ key: "k", name: "a.txt", phase, uploadId }, {});
  assert.deepEqual(["new", "paused", "cancelled"].map((phase) => entry(phase).asked), [true, true, true]);
  assert.deepEqual([entry("cancelled", "u1").asked, state().asked], [false, false]);
  assert.equal(step(step(state(), "asked"), "cancelled", END).asked, true);
  assert.equal(step(entry("cancelled"), "unasked").asked, false);
});

test("an end says when and why, and that no file is needed", () => {
  const waiting = state({ phase: "open", needsFile: true });
  const { phase, finishedAt, fault, needsFile } = step(waiting, "failed", { at: 7, fault: FAULT });
  assert.deepEqual([phase, finishedAt, fault, needsFile], ["failed", 7, FAULT, false]);
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

test("what the server declines is a pause, a question, a refusal of the file, or a failure", () => {
  const open = state({ phase: "open", uploadId: "u1", synced: true, handedTo: "r" });
  const declined = (/** @type {typeof open} */ before, /** @type {string} */ code) => step(before, "declined", { code, detail: "d", isOld: false });
  const paused = declined(open, "upload_paused");
  assert.deepEqual([paused.phase, paused.pausedAtServer, paused.handedTo], ["paused", true, "r"]);
  for (const code of ["upload_not_open", "upload_not_found"]) assert.deepEqual([declined(open, code).phase, declined(open, code).synced], ["open", false]);
  const gone = declined(step(open, "doubted"), "upload_not_found");
  assert.deepEqual([gone.phase, gone.fault, gone.handedTo], ["failed", { code: "upload_not_found", text: "" }, ""]);
  const large = declined(state(), "file_too_large");
  assert.deepEqual([large.phase, large.fault], ["refused", { code: "file_too_large", text: "d" }]);
  assert.equal(declined(open, "file_too_large").phase, "failed", "it was taken before");
  assert.deepEqual(declined(open, "").fault, { code: "internal_error", text: "d" });
});

test("what changes only what is known has no effects", () => {
  assert.equal(names(stepped(open(), "doubted")), "");
  assert.equal(names(stepped(open(), "finishing")), "");
});

test("a pause stops what is under way, is written down, and gets back what the browser has", () => {
  assert.equal(names(stepped(open(), "pause")), "halt, save, changed, wake");
  assert.equal(names(stepped(open({ handedTo: "r" }), "pause")), "halt, save, changed, takeBack r, wake");
});

test("a cancellation that can be undone stops what is under way and is written down as one, and keeps what it goes back to", () => {
  assert.equal(names(stepped(open({ handedTo: "r" }), "withdraw")), "halt, save, changed, takeBack r, wake");
  const before = open({ phase: "paused", needsFile: true, fault: FAULT, notice: "duplicate", synced: true });
  const after = step(before, "withdraw");
  assert.deepEqual([after.phase, after.needsFile, after.fault, after.notice], ["cancelled", false, null, ""]);
  const undone = step(after, "undoPaused");
  assert.deepEqual([undone.phase, undone.needsFile, undone.fault, undone.synced, undone.withdrawn], ["paused", true, FAULT, false, null], "what the server has is asked for");
  assert.equal(step(step(open({ foreign: true, synced: true }), "withdraw"), "undo").synced, true, "another browser tells of it");
  assert.equal(names(stepped(after, "undo")), "save, changed, wake");
});

test("once the time for that is over it is cancelled as ever", () => {
  const after = stepped(step(open({ handedTo: "r" }), "withdraw"), "settled", END);
  assert.equal(names(after), "halt, own, takeBack r, changed");
  assert.deepEqual([after[0].phase, after[0].withdrawn, after[0].finishedAt], ["cancelled", null, 1]);
});

test("of what has ended well nothing stays; a card that can be tried again stays, as the wish to cancel does", () => {
  assert.equal(names(stepped(open(), "ready", END)), "halt, own, forget, announce, remember, changed");
  assert.equal(names(stepped(open(), "blocked", END)), "halt, own, forget, announce, changed");
  assert.equal(names(stepped(open(), "failed", END)), "halt, own, announce, changed");
  assert.equal(names(stepped(open(), "cancelled", END)), "halt, own, changed");
  assert.equal(names(stepped(open(), "expired", END)), "halt, own, forgetBytes, changed");
});

test("the browser is asked to give up what is worth nothing any more, and left alone with what is ready", () => {
  const handed = open({ handedTo: "r" });
  assert.match(names(stepped(handed, "ready", END)), /^halt, own, forget/);
  assert.match(names(stepped(handed, "failed", END)), /^halt, own, takeBack r/);
  assert.equal(names(stepped(handed, "reopened", 2)), "own, takeBack r, restart, save, changed, wake");
});

test("what another browser sent is that browser's to tell, and says nothing of this line", () => {
  assert.equal(names(stepped(open({ foreign: true }), "ready", END)), "halt, own, forget, changed");
});

test("declined: a file that is not taken is forgotten, all else is written down; bytes go that nobody can send any more", () => {
  const declined = (/** @type {string} */ code, /** @type {object} */ known = {}, isOld = false) => names(stepped(open(known), "declined", { code, detail: "", isOld }));
  assert.equal(declined("upload_paused", { handedTo: "r" }), "halt, save, changed");
  assert.equal(declined("internal_error", { handedTo: "r" }), "halt, own, takeBack r, save, changed, announce");
  assert.equal(declined("upload_not_found"), "halt, own, save, changed, announce");
  assert.equal(declined("upload_not_found", {}, true), "halt, own, forgetBytes, save, changed, announce");
  const fresh = { phase: "new", uploadId: "" };
  assert.equal(declined("file_too_large", fresh), "halt, own, forget, changed");
  assert.equal(declined("owner_quota_exceeded", fresh), "halt, own, save, changed", "it can be tried again");
});
