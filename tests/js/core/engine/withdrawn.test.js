import assert from "node:assert/strict";
import test from "node:test";
import { Withdrawn } from "../../../../custom_components/reflex_smartupload/client/core/engine/withdrawn.js";
import { MemoryClock, pick } from "../bench.js";

test("what is undone waits again, or goes where it would be by now; what is not is over after its time, or at once", async () => {
  const clock = new MemoryClock();
  /** @type {string[]} */
  const seen = [];
  const withdrawn = new Withdrawn(clock, (id) => seen.push(`over ${id}`));
  for (const id of ["a", "b", "c", "d"]) withdrawn.add(pick(id, "x"));
  withdrawn.wouldGo("b", () => seen.push("goes b"));
  withdrawn.wouldGo("z", () => seen.push("never"));
  const undo = (/** @type {string} */ id) => withdrawn.undo(id, (back) => seen.push(`waits ${back.id}`));
  assert.deepEqual([undo("a"), undo("b"), withdrawn.settle("c"), withdrawn.has("d")], [true, true, true, true]);
  assert.deepEqual(seen, ["waits a", "goes b", "over c"]);
  await clock.pass(10_000);
  assert.deepEqual([seen.at(-1), undo("d"), withdrawn.settle("d")], ["over d", false, false]);
});
