import assert from "node:assert/strict";
import test from "node:test";
import { elapsed } from "../../../../custom_components/reflex_smartupload/client/core/ports/clock.js";
import { MemoryClock } from "../bench.js";

test("a wait ends when the clock says so, and not before", async () => {
  const clock = new MemoryClock();
  let over = false;
  const waited = elapsed(clock, 100).then(() => (over = true));
  await clock.pass(99);
  assert.equal(over, false);
  await clock.pass(1);
  await waited;
  assert.equal(over, true);
});
