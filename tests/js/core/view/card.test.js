import assert from "node:assert/strict";
import test from "node:test";
import { toCard } from "../../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { firstCard } from "../../../../custom_components/reflex_smartupload/client/core/view/given.js";
import { toTotals } from "../../../../custom_components/reflex_smartupload/client/core/view/totals.js";
import { toEntry, understood } from "../../../../custom_components/reflex_smartupload/client/core/upload/entry.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { AROUND, card, left, make } from "./cards.js";

test("every field is a plain value, so that a page can compare and the wire can carry it", () => {
  for (const one of [card(), firstCard({ id: "a", name: "n", path: "", size: 5 })])
    for (const [key, value] of Object.entries(one)) assert.ok(["string", "number", "boolean"].includes(typeof value), key);
  assert.deepEqual(Object.keys(firstCard({ id: "a", name: "n", path: "", size: 5 })).sort(), Object.keys(card()).sort());
});

test("states are the contract's", () => {
  for (const phase of ["paused", "ready", "blocked", "failed", "cancelled", "expired"]) assert.equal(card({ phase }).state, phase);
  assert.equal(card({ phase: "refused" }).state, "failed");
  assert.equal(card({ phase: "finishing" }).state, "verifying");
  assert.equal(card({ phase: "finishing", serverState: "scanning" }).state, "scanning");
  assert.equal(card({ phase: "finishing", serverState: "uploading" }).state, "verifying");
  assert.equal(card({}, { away: "no_connection" }).state, "waiting");
  assert.equal(card({ needsFile: true }).state, "waiting");
  assert.equal(card({ staging: "opfs" }).state, "staging");
  assert.equal(card({ staging: "opfs", loaded: new Map([[1, 0]]) }).state, "uploading", "sending comes first");
  assert.equal(card({ phase: "new", uploadId: "" }).state, "uploading");
  assert.equal(card({ phase: "paused" }, { away: "no_connection" }).state, "paused");
});

test("the reason for waiting is said in words", () => {
  assert.match(card({}, { away: "no_connection" }).detail, /no connection, goes on/);
  assert.match(card({}, { away: "portal" }).detail, /sign in first/);
  assert.equal(card({ phase: "new", uploadId: "" }).detail, "getting ready");
  assert.equal(card({}).detail, "next in line");
  assert.equal(card({ claimed: new Set([1]) }).detail, "");
  assert.match(card({ notice: "duplicate" }).detail, /already on its way/);
});

test("per cent counts what is on the line, stops at 99 before the end, and safe is never behind", () => {
  const u = make({ confirmed: new Set([1, 2]), loaded: new Map([[3, 5]]) });
  assert.deepEqual([toCard(u, AROUND).percent, toCard(u, AROUND).percent_safe], [25, 25]);
  for (const number of [4, 5, 6]) u.version.cut.stage(number, "h");
  assert.equal(toCard(u, AROUND).percent_safe, 50);
  const all = make({ confirmed: new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), phase: "finishing" });
  assert.equal(toCard(all, AROUND).percent, 99);
  assert.equal(toCard(make({ phase: "ready" }), AROUND).percent, 100);
  assert.equal(toCard(make({ phase: "ready" }), AROUND).percent_safe, 100);
  assert.equal(toCard(make({ size: 0, phase: "refused" }), AROUND).percent, 0);
});

const sending = { size: 60e6, partSize: 10e6, loaded: new Map([[1, 0]]) };

test("speed and time left are there while it moves, and gone while it stands", () => {
  const u = make(sending);
  const moving = toCard(u, AROUND);
  assert.deepEqual([moving.speed, moving.eta], ["1.0 MB/s", "about 60 s left"]);
  assert.deepEqual([toCard(u, { ...AROUND, away: "no_connection" }).speed, toCard(u, { ...AROUND, away: "no_connection" }).eta], ["", ""]);
  u.move("pause");
  assert.deepEqual([toCard(u, AROUND).speed, toCard(u, AROUND).eta], ["", ""]);
});

test("of several that share the line each has its share, and takes until it is there", () => {
  const both = card(sending, { turn: { until: 120e6, abreast: 2 } });
  assert.deepEqual([both.speed, both.eta], ["500 KB/s", "about 2 min left"]);
});

test("an upload that waits its turn says so, and no time", () => {
  const waits = card({ size: 60e6, claimed: new Set([1]) }, { turn: { until: 120e6, abreast: 0 } });
  assert.deepEqual([waits.detail, waits.eta, waits.speed, waits.wait], ["next in line", "", "", true]);
  assert.equal(card({ size: 60e6 }, { turn: { until: 1e6, abreast: 0 } }).eta, "", "not even a few seconds");
  const beside = card({ size: 60e6, claimed: new Set([1]) }, { turn: { until: 1e6, abreast: 2 } });
  assert.deepEqual([beside.detail, beside.eta], ["next in line", ""], "nor of one whose first part is not on the line, which is another's");
  assert.equal(card({ size: 60e6 }, { turn: { until: Infinity, abreast: 0 } }).wait, false, "and of those far behind nothing is known");
});

test("what is shown never falls, unless it begins anew, which is said", () => {
  const u = make({ size: 100, loaded: new Map([[1, 10], [2, 10]]) });
  assert.deepEqual([toCard(u, AROUND).percent, toCard(u, AROUND).amount], [20, "20 of 100 bytes"]);
  u.halt();
  assert.deepEqual([u.sentBytes, toCard(u, AROUND).percent, toCard(u, AROUND).amount], [0, 20, "20 of 100 bytes"]);
  u.parts.list([1]);
  assert.equal(toCard(u, AROUND).percent, 20);
  u.parts.list([1, 2, 3]);
  assert.equal(toCard(u, AROUND).percent, 30);
  assert.equal(toTotals([u], { now: 0, away: "", speed: 0, left, stageRate: 1e6, home: { shared: true, outlives: false, backgroundRuns: false }, since: 0 }).percent, 30);
  u.move("reopened", 2);
  u.restart();
  const anew = toCard(u, AROUND);
  assert.deepEqual([anew.percent, anew.detail], [0, "begun anew, from the first byte"]);
});

test("of the same upload a later engine shows no less", () => {
  const u = make({ size: 100, loaded: new Map([[1, 10]]) });
  const entry = toEntry(u);
  assert.deepEqual([toCard(u, AROUND).percent, entry.reachedBytes], [10, 10]);
  assert.equal(toCard(new Upload(understood(entry)), AROUND).percent, 10);
});

test("with every byte confirmed it is being checked: no card goes back from there to uploading", () => {
  const all = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const phase of ["open", "finishing"]) assert.equal(card({ phase, confirmed: all }).state, "verifying");
  assert.equal(card({ phase: "paused", confirmed: all }).state, "paused");
});

test("over the threshold there is no need to wait, and the card says how long it takes", () => {
  const slow = { turn: { until: 120e6, abreast: 1 } };
  assert.equal(card({ size: 10e6 }, { turn: { until: 10e6, abreast: 1 } }).wait, false);
  const open = card({ size: 60e6 }, slow);
  assert.deepEqual([open.wait, open.leave], [true, "stay"]);
  assert.equal(open.wait_text, "You don’t need to wait here: about 2 min to go, and it goes on while you work on other pages and in other tabs.");
  const safe = card({ size: 60e6, snapshot: new Blob(["x"]) }, slow);
  assert.deepEqual([safe.wait, safe.leave], [true, "return"]);
  const range = card({ size: 60e6 }, { ...slow, left: () => ({ low: 240, high: 360 }) });
  assert.match(range.wait_text, /: 4–\u20606 min to go/, "no line ends within a range");
  assert.equal(card({ size: 60e6 }, { ...slow, waitThreshold: 1000 }).wait, false);
});

test("leave is only said of what runs here", () => {
  assert.equal(card({ snapshot: new Blob(["x"]) }).leave, "return");
  assert.equal(card({}).leave, "stay");
  assert.equal(card({ snapshot: new Blob(["x"]), journaled: false }).leave, "stay");
  assert.equal(card({ needsFile: true }).leave, "");
  const unasked = { source: null, synced: false };
  assert.deepEqual([card(unasked).leave, card(unasked).leave_text], ["", ""], "nobody knows yet what is confirmed");
  assert.equal(card({ ...unasked, stagedParts: [1, 2, 3] }).leave, "");
  assert.equal(card({ ...unasked, stagedParts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }).leave, "return", "all of it is here");
  assert.equal(card({ ...unasked, snapshot: new Blob(["x"]) }).leave, "return");
  assert.equal(card({ ...unasked, handedTo: "x.u1" }).leave, "continues");
  assert.equal(card({ ...unasked, phase: "finishing", serverState: "verifying" }).leave, "continues");
  assert.equal(card({ phase: "ready" }).leave, "");
  assert.equal(card({ foreign: true, phase: "finishing", serverState: "verifying" }).leave, "", "nothing hangs on this tab");
});

test("how long to stay while it is staged comes from the speed of staging", () => {
  const u = make({ size: 20e6, partSize: 1e6, staging: "snapshot", stagingSince: AROUND.now - 5000 });
  assert.match(toCard(u, AROUND).leave_text, /15 more seconds/);
  const parts = make({ size: 20e6, partSize: 1e6, staging: "opfs", stagingSince: AROUND.now, stagedParts: [20, 19, 18, 17, 16] });
  assert.match(toCard(parts, AROUND).leave_text, /15 more seconds/);
});

const flags = (/** @type {object} */ more) => {
  const { can_pause, can_resume, can_cancel, can_retry, can_dismiss } = card(more);
  return [can_pause && "pause", can_resume && "resume", can_cancel && "cancel", can_retry && "retry", can_dismiss && "dismiss"].filter(Boolean).join(" ");
};

test("the buttons are those that do something", () => {
  assert.equal(flags({ phase: "new" }), "pause cancel");
  assert.equal(flags({ phase: "open" }), "pause cancel");
  assert.equal(flags({ phase: "open", needsFile: true }), "cancel");
  assert.equal(flags({ phase: "paused" }), "resume cancel");
  assert.equal(flags({ phase: "finishing" }), "");
  for (const phase of ["failed", "expired"]) assert.equal(flags({ phase }), "retry dismiss");
  for (const phase of ["ready", "blocked", "cancelled", "refused"]) assert.equal(flags({ phase }), "dismiss");
  assert.equal(flags({ phase: "refused", fault: { code: "owner_quota_exceeded", text: "" } }), "retry dismiss");
});

test("links are there when they lead somewhere", () => {
  assert.equal(card({}).share_url, "http://x/f/t", "the placeholder is there from the start");
  assert.equal(card({}).download_url, "");
  assert.equal(card({ phase: "ready" }).download_url, "/api/uploads/u1/download");
  for (const phase of ["refused", "blocked", "cancelled", "failed", "expired"]) assert.equal(card({ phase }).share_url, "");
});

test("what is wrong is said with what to do; the server's own words come first", () => {
  assert.match(card({ needsFile: true, confirmed: new Set([1, 2, 3]) }).error, /Choose film\.mov once more and it goes on from 30 %/);
  assert.equal(card({ needsFile: true }).error_code, "file_needed");
  assert.match(card({ phase: "expired", fault: { code: "expired", text: "" } }).error, /Press Retry/);
  assert.equal(card({ phase: "failed", fault: { code: "x", text: "Words." } }).error, "Words.");
  assert.deepEqual([card().error, card().error_code], ["", ""]);
});

test("what ended is in the other section, with its time", () => {
  assert.deepEqual([card({}).section, card({}).finished_at], ["active", ""]);
  const done = card({ phase: "ready", finishedAt: Date.UTC(2026, 10, 23, 11, 42) });
  assert.equal(done.section, "done");
  assert.match(done.finished_at, /^\d\d:\d\d$/);
  assert.equal(done.amount, "100 bytes");
});

test("what is held back does not go on by itself while the server hangs", () => {
  const held = { heldIn: "h.u1", snapshot: new Blob(["x"]) };
  assert.equal(card(held).leave, "continues");
  assert.equal(card(held, { silent: true }).leave, "return");
  assert.equal(card({ handedTo: "x.u1", snapshot: new Blob(["x"]) }, { silent: true }).leave, "continues", "the browser sends that");
});

test("the first card is there before the engine is, and promises nothing", () => {
  const first = firstCard({ id: "a", name: "film.mov", path: "d/film.mov", size: 2_140_000_000 });
  assert.deepEqual([first.state, first.leave, first.kind, first.percent, first.amount], ["staging", "stay", "MOV", 0, "0.00 of 2.14 GB"]);
});
