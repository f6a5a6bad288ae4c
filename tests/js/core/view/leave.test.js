import assert from "node:assert/strict";
import test from "node:test";
import { closing, leaveForAll, leaveRule } from "../../../../custom_components/reflex_smartupload/client/core/view/leave.js";

const facts = (/** @type {object} */ more) => ({ running: true, paused: false, handed: false, journaled: true, unsafe: 0, noStaging: "", seconds: 0, ...more });

test("with every byte safe and known to the journal the window may be closed", () => {
  assert.deepEqual(leaveRule(facts({})), { leave: "return", text: "Safe. You can close this window. It continues when you are back.", seconds: 0 });
});

test("what a person paused does not continue by itself, and does not say so", () => {
  const { leave, text } = leaveRule(facts({ paused: true }));
  assert.deepEqual([leave, text], ["return", "Safe. You can close this window. It stays paused until you press Resume."]);
});

test("never `return` with a byte that is neither staged nor confirmed, or unknown to the journal", () => {
  for (const unsafe of [1, 1e12])
    for (const noStaging of ["", "none", "full"])
      for (const seconds of [0, 0.2, 12, 1e6]) assert.equal(leaveRule(facts({ unsafe, noStaging, seconds })).leave, "stay");
  for (const noStaging of ["", "none", "full"]) assert.equal(leaveRule(facts({ journaled: false, noStaging })).leave, "stay");
});

test("nothing that runs, nothing to say", () => {
  assert.deepEqual(leaveRule(facts({ running: false, unsafe: 5 })), { leave: "", text: "", seconds: 0 });
});

test("how long to stay is said when it is known", () => {
  assert.equal(leaveRule(facts({ unsafe: 1, seconds: 11.2 })).text, "Keep this tab open for 12 more seconds. Not safe yet: 1 byte.");
  assert.equal(leaveRule(facts({ unsafe: 1, seconds: 0.1 })).text, "Keep this tab open for 1 more second. Not safe yet: 1 byte.");
  assert.equal(leaveRule(facts({ unsafe: 1, seconds: 89 })).text, "Keep this tab open for 89 more seconds. Not safe yet: 1 byte.");
  assert.equal(leaveRule(facts({ unsafe: 1, seconds: 90 })).text, "Keep this tab open for about 2 more minutes. Not safe yet: 1 byte.");
  assert.equal(leaveRule(facts({ unsafe: 1 })).text, "Keep this tab open for a moment. Not safe yet: 1 byte.");
});

test("how much is not safe is said, and nothing of it once only the journal is missing", () => {
  assert.equal(leaveRule(facts({ unsafe: 40e6, seconds: 11.2 })).text, "Keep this tab open for 12 more seconds. Not safe yet: 40 MB.");
  const late = leaveRule(facts({ journaled: false, seconds: 11.2 }));
  assert.deepEqual([late.leave, late.text], ["stay", "Keep this tab open for a moment, then you can leave."]);
});

test("what cannot be staged says why the tab must stay open", () => {
  assert.match(leaveRule(facts({ unsafe: 1, noStaging: "full" })).text, /until it is done: this browser’s storage is full/);
  assert.match(leaveRule(facts({ unsafe: 1, noStaging: "none" })).text, /until it is done: this browser keeps nothing for later/);
  assert.equal(leaveRule(facts({ unsafe: 0, noStaging: "full" })).leave, "return", "all safe in the end");
});

test("for several it is as good as the worst of them", () => {
  assert.deepEqual(leaveForAll([]), { leave: "", text: "" });
  assert.equal(leaveForAll([{ leave: "return", seconds: 0 }]).leave, "return");
  const mixed = leaveForAll([{ leave: "return", seconds: 0 }, { leave: "stay", seconds: 5 }, { leave: "stay", seconds: 40 }]);
  assert.deepEqual(mixed, { leave: "stay", text: "40 more seconds until you can close everything" });
  assert.deepEqual(leaveForAll([{ leave: "stay", seconds: 0 }]), { leave: "stay", text: "Keep this tab open for a moment" });
});

test("what is in the browser's hands goes on by itself; a person's pause comes first", () => {
  assert.deepEqual(leaveRule(facts({ handed: true })), { leave: "continues", text: "Safe. You can close this window. It goes on by itself.", seconds: 0 });
  assert.equal(leaveRule(facts({ handed: true, paused: true })).leave, "return");
  assert.equal(leaveRule(facts({ handed: true, journaled: false, unsafe: 1 })).leave, "stay");
  const each = (/** @type {string[]} */ ...leaves) => leaveForAll(leaves.map((leave) => ({ leave, seconds: 0 }))).leave;
  assert.deepEqual([each("continues", "continues"), each("continues", "return"), each("continues", "stay")], ["continues", "return", "stay"]);
});

test("what waits for a line that costs nothing, or for Send now, says that, alone and with others that wait", () => {
  const words = /It waits for another line, or until you press Send now/;
  assert.match(leaveRule(facts({ waits: true })).text, words);
  assert.match(leaveRule(facts({ waits: true, paused: true })).text, /stays paused/);
  const waiting = { leave: "return", seconds: 0, waits: true };
  assert.match(leaveForAll([waiting, waiting]).text, words);
  assert.match(leaveForAll([waiting, { leave: "return", seconds: 0 }]).text, /continues when you are back/);
});

test("what is paused and safe says nothing about the others; alone it says that it stays paused", () => {
  const paused = { leave: "return", seconds: 0, paused: true };
  assert.equal(leaveForAll([paused, { leave: "continues", seconds: 0 }]).leave, "continues");
  assert.equal(leaveForAll([{ ...paused, leave: "stay" }, { leave: "continues", seconds: 0 }]).leave, "stay");
  assert.match(leaveForAll([paused]).text, /stays paused/);
  assert.equal(leaveForAll([paused]).paused, true);
  assert.deepEqual(new Set(Object.values(closing("return", { shared: true, outlives: true, backgroundRuns: true }, true))), new Set(["stays paused"]));
});

test("every way of closing, by what is safe and where the engine lives", () => {
  const chromium = { shared: true, outlives: true, backgroundRuns: true };
  const firefox = { shared: true, outlives: false, backgroundRuns: true };
  const page = { shared: false, outlives: false, backgroundRuns: false };
  const rows = (/** @type {string} */ leave, /** @type {import("../../../../custom_components/reflex_smartupload/client/core/view/leave.js").Home} */ home) => Object.values(closing(leave, home)).slice(1);
  for (const leave of ["stay", "return", "continues"]) assert.equal(closing(leave, page).page, "goes on", "another page here");
  const back = "goes on when you are back";
  const asked = "you are asked for the file again";
  const opened = "goes on when it is next opened";
  assert.deepEqual(rows("continues", chromium), ["goes on", "goes on by itself", opened, opened]);
  assert.deepEqual(rows("return", chromium), ["goes on", "goes on for 5 minutes, then when you are back", back, back]);
  assert.deepEqual(rows("return", firefox), ["goes on", "goes on for a little while, then when you are back", back, back]);
  assert.deepEqual(rows("return", page), ["goes on", back, back, back]);
  assert.deepEqual(rows("stay", chromium), ["goes on", "goes on for 5 minutes; keep it open until it is safe", asked, asked]);
  assert.deepEqual(rows("stay", firefox), ["goes on", asked, asked, asked]);
  assert.deepEqual(rows("stay", page), [asked, asked, asked, asked]);
});
