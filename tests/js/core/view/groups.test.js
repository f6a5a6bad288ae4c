import assert from "node:assert/strict";
import test from "node:test";
import { toCard } from "../../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { firstGroup, totalsWithMore, withMore } from "../../../../custom_components/reflex_smartupload/client/core/view/given.js";
import { toGroups } from "../../../../custom_components/reflex_smartupload/client/core/view/groups.js";
import { AROUND, left, make } from "./cards.js";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload} Upload */

let next = 0;
/** One file of a group. @param {Parameters<typeof make>[0]} [more] */
const one = (more = {}) => Object.assign(make({ size: 100, path: "Photos/a.jpg", group: "g", ...more }), { id: `f${(next += 1)}` });
const ALL = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const safe = { snapshot: new Blob(["x"]) };

/** @param {Upload[]} uploads @param {object} [more] @param {object} [around] of their cards */
const groups = (uploads, more = {}, around = {}) =>
  toGroups(uploads, new Map(uploads.map((u) => [u.id, toCard(u, { ...AROUND, ...around })])), uploads.filter((u) => u.running), { now: AROUND.now, away: "", speed: 1e6, left, stageRate: 1e6, waitThreshold: 45, ...more });
/** @param {Upload[]} uploads @param {object} [more] @param {object} [around] */
const group = (uploads, more, around) => groups(uploads, more, around)[0];

test("a folder has its name, the rest of many files their number, and what came singly is in none", () => {
  assert.deepEqual(groups([make(), make()]), []);
  const [folder, loose] = groups([one(), make(), one({ path: "Photos/raw/b.jpg" }), one({ group: "h", path: "" })]);
  assert.deepEqual([folder.id, folder.name, folder.is_folder, folder.files], ["g", "Photos", true, 2]);
  assert.deepEqual([loose.id, loose.name, loose.is_folder, loose.files], ["h", "1 file", false, 1]);
});

test("it counts what is there of all, and their bytes", () => {
  const { count, amount, percent, size, section } = group([one({ phase: "ready" }), one({ confirmed: new Set([1, 2, 3, 4, 5]) }), one(), one()]);
  assert.deepEqual([count, amount, percent, size, section], ["1 of 4 files", "150 of 400 bytes", 37, 400, "active"]);
  const cancelled = group([one({ phase: "ready" }), one(), one({ phase: "cancelled" })]);
  assert.deepEqual([cancelled.count, cancelled.size], ["1 of 2 files", 200], "what was cancelled is none of them");
});

test("it takes until the last of its files is there, with what goes out before it", () => {
  const before = make({ size: 300e6, partSize: 100e6 });
  const its = [one({ size: 60e6, partSize: 10e6 }), one({ size: 40e6, partSize: 10e6 })];
  const after = make({ size: 500e6, partSize: 100e6 });
  assert.equal(group([before, ...its, after]).eta, "about 7 min left");
  assert.equal(group(its).eta, "about 2 min left");
  assert.equal(group(its, { away: "store_away" }).eta, "");
  assert.equal(group(its, { left: () => null }).eta, "");
});

test("nobody need wait for what takes long, with the sentence of a card", () => {
  const { wait, wait_text } = group([one({ size: 60e6, partSize: 10e6, ...safe }), one({ size: 40e6, partSize: 10e6, ...safe })]);
  assert.deepEqual([wait, wait_text], [true, "You don’t need to wait here: about 2 min to go, and it goes on while you work on other pages and in other tabs."]);
  assert.deepEqual([group([one()]).wait, group([one()]).wait_text], [false, ""]);
});

test("it has a link as soon as the server knows one of its files", () => {
  assert.equal(group([one({ shareUrl: "" }), one({ shareUrl: "" })]).can_share, false);
  assert.equal(group([one({ shareUrl: "" }), one({ shareUrl: "http://here/f/t" })]).can_share, true);
  assert.equal(group([one({ phase: "failed", shareUrl: "http://here/f/t" })]).can_share, false, "nobody would find anything");
});

test("its state is that of what goes out first", () => {
  const state = (/** @type {Upload[]} */ ...uploads) => group(uploads).state;
  assert.equal(state(one({ phase: "ready" }), one(), one()), "uploading");
  assert.equal(state(one({ phase: "paused" }), one()), "uploading", "one that is paused keeps no other");
  assert.equal(state(one({ phase: "paused" }), one({ phase: "ready" })), "paused");
  assert.equal(state(one({ phase: "paused" }), one({ phase: "finishing", confirmed: ALL })), "verifying");
  assert.equal(state(one({ needsFile: true, source: null }), one()), "uploading", "nor does one that needs its file");
  assert.equal(state(one({ needsFile: true, source: null }), one({ phase: "ready" })), "waiting");
  assert.equal(state(one({ phase: "ready" }), one({ phase: "ready" })), "ready");
  assert.equal(state(one({ phase: "ready" }), one({ phase: "failed" })), "failed");
  assert.equal(state(one({ phase: "cancelled" })), "cancelled");
  const away = group([one(), one()], {}, { away: "no_connection" });
  assert.deepEqual([away.state, away.detail], ["waiting", "no connection, goes on when it is back"]);
});

test("one sentence about leaving, as good as the worst of them", () => {
  assert.equal(group([one(safe), one(safe)]).leave, "return");
  assert.equal(group([one(safe), one()]).leave, "stay");
  assert.match(group([one(safe), one({ ...safe, phase: "paused" })]).leave_text, /^Safe. You can close this window. It continues/);
  assert.equal(group([one({ phase: "ready" })]).leave, "");
});

test("what needs the person is counted, also when all others are there", () => {
  const found = group([one({ phase: "ready" }), one({ needsFile: true, source: null }), one({ phase: "blocked" }), one({ phase: "failed", fault: { code: "internal_error", text: "" } })]);
  assert.deepEqual([found.problems, found.problem_text], [3, "3 files need you"]);
  assert.equal(group([one(), one({ phase: "refused", fault: { code: "empty_file", text: "This file is empty." } })]).problem_text, "1 file needs you");
  assert.deepEqual([group([one(), one({ phase: "ready" })]).problems, group([one()]).problem_text], [0, ""]);
});

test("what can be done with one of them can be done with all, and it is taken away as a whole", () => {
  const can = (/** @type {Upload[]} */ ...uploads) => {
    const { can_pause, can_resume, can_cancel, can_retry, can_dismiss } = group(uploads);
    return Object.entries({ can_pause, can_resume, can_cancel, can_retry, can_dismiss }).filter(([, can]) => can).map(([name]) => name.slice(4)).join(" ");
  };
  assert.equal(can(one(), one({ phase: "paused" }), one({ phase: "ready" })), "pause resume cancel");
  assert.equal(can(one({ phase: "failed" }), one({ phase: "ready" })), "retry dismiss");
  assert.equal(can(one({ phase: "ready" }), one({ phase: "cancelled" })), "dismiss");
  assert.equal(can(one({ phase: "finishing", confirmed: ALL })), "");
});

test("once all are there it says so, and when", () => {
  const { state, percent, percent_safe, count, amount, section, finished_at, leave, eta, speed } = group([one({ phase: "ready", finishedAt: 5 }), one({ phase: "ready", finishedAt: 9 })]);
  assert.deepEqual([state, percent, percent_safe, count, amount, section, leave, eta, speed], ["ready", 100, 100, "2 files", "200 bytes", "done", "", "", ""]);
  assert.match(finished_at, /^\d\d:\d\d$/);
});

test("before the engine has heard of it, its card is there and knows how many they are", () => {
  const first = firstGroup({ id: "g", path: "Photos/a.jpg", files: 1234, can_cancel: false });
  assert.deepEqual([first.name, first.count, first.amount, first.state, first.leave], ["Photos", "0 of 1,234 files", "", "staging", "stay"]);
  assert.deepEqual(Object.keys(first).sort(), Object.keys(group([one()])).sort(), "it has everything that a page may ask of one");
  assert.equal(firstGroup({ id: "g", path: "", files: 30, can_cancel: true }).name, "30 files");
});

test("while the page still gives files of it nobody may leave, and none of them is left out of what is said", () => {
  const folder = group([one({ phase: "ready", confirmed: ALL }), one({ ...safe, journaled: true })]);
  assert.deepEqual([folder.count, folder.leave], ["1 of 2 files", "return"]);
  const more = withMore(folder, 1998);
  assert.deepEqual([more.name, more.count, more.files, more.leave, more.amount, more.eta, more.percent], ["Photos", "1 of 2,000 files", 2000, "stay", "", "", 0]);
  assert.match(more.leave_text, /^Keep this tab open/);
  const loose = withMore(group([one({ phase: "ready", confirmed: ALL, path: "" })]), 20);
  assert.deepEqual([loose.name, loose.count, loose.section, loose.can_dismiss], ["21 files", "1 of 21 files", "active", false]);
  assert.deepEqual(withMore(firstGroup({ id: "g", path: "", files: 30, can_cancel: true }), 70).count, "0 of 100 files");
  assert.deepEqual(totalsWithMore({ leave: "continues", leave_text: "", files: 3 }).leave, "stay");
});
