import assert from "node:assert/strict";
import test from "node:test";
import { NO_TOTALS } from "../../../../custom_components/reflex_smartupload/client/core/ports/pages.js";
import { firstGroup, Given } from "../../../../custom_components/reflex_smartupload/client/core/view/given.js";

const some = (files = 10) => ({ id: "g", path: "", files, can_cancel: true });
/** As the engine says it. @param {number} files */
const told = (files) => ({ ...firstGroup(some(files)), state: "uploading", leave: "return", can_cancel: true });

test("what only the page has counts, and the tab has to stay until the last of it is given", () => {
  const given = new Given();
  given.comes("g", 30);
  given.came("g", 10);
  given.gather(some());
  assert.deepEqual([given.isReading, given.isGathering, given.groups()[0].count, given.totals(NO_TOTALS).leave], [true, true, "0 of 30 files", "stay"]);
  given.take([told(10)]);
  given.gather(some());
  assert.deepEqual([given.isGathering, given.groups().map(({ files, leave }) => [files, leave])], [false, [[30, "stay"]]]);
  given.came("g", 20);
  given.take([told(30)]);
  assert.deepEqual([given.isReading, given.groups()[0].leave, given.totals(NO_TOTALS)], [false, "return", NO_TOTALS]);
});

test("a folder that is gone through has nobody knows how many more", () => {
  const given = new Given();
  given.walks("g", true);
  given.take([told(5)]);
  assert.deepEqual([given.isReading, given.groups()[0].files, given.groups()[0].leave], [true, 5, "stay"]);
  given.walks("g", false);
  assert.deepEqual([given.isReading, given.groups()[0].leave], [false, "return"]);
});

test("of a group that is given up nothing is waited for, though its folders are still gone through", () => {
  const given = new Given();
  given.walks("g", true);
  given.comes("g", 10);
  given.gather(some());
  given.stop("g");
  given.comes("g", 7);
  assert.deepEqual([given.isStopped("g"), given.isReading, given.isGathering, given.groups()], [true, false, false, []]);
});

test("the list is another one only when a group is, and each that did not change stays the same", () => {
  const given = new Given();
  given.take([told(5), { ...told(6), id: "h" }]);
  const before = given.groups();
  given.take([told(5), { ...told(6), id: "h" }]);
  assert.equal(given.groups(), before);
  given.take([told(5), { ...told(7), id: "h" }]);
  const after = given.groups();
  assert.deepEqual([after === before, after[0] === before[0], after[1] === before[1]], [false, true, false]);
});

test("cancelled a moment ago, it is shown so while this page still reads it, and nobody has to stay for it; undone it is as before", () => {
  const given = new Given();
  given.comes("g", 30);
  given.gather(some());
  given.came("g", 10);
  given.withdraw("g");
  const [{ state, can_undo, can_cancel, leave, section }] = given.groups();
  assert.deepEqual([state, can_undo, can_cancel, leave, section, given.isReading], ["cancelled", true, false, "", "active", false]);
  given.bringBack("g");
  assert.deepEqual([given.groups()[0].can_undo, given.groups()[0].leave, given.isReading], [false, "stay", true]);
  given.withdraw("g");
  given.stop("g");
  assert.deepEqual([given.groups(), given.isStopped("g")], [[], true]);
});
