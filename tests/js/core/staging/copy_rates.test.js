import assert from "node:assert/strict";
import test from "node:test";
import { bench } from "../bench.js";

test("a measured speed moves slowly, so that one slow copy does not change the way", async () => {
  const { engine, disk } = await bench();
  assert.equal(engine.copyRates.of("opfs"), 230e6, "assumed");
  engine.copyRates.learn("opfs", 100e6, 1000);
  engine.copyRates.learn("opfs", 10e6, 1000);
  assert.ok(Math.abs(engine.copyRates.of("opfs") - 73e6) < 1e6);
  assert.equal(disk.speeds.opfs, engine.copyRates.of("opfs"));
});

test("what was not measured at earlier starts is assumed", async () => {
  const { engine } = await bench();
  engine.copyRates.recall({ snapshot: 1e9, send: 5 });
  assert.deepEqual([engine.copyRates.of("snapshot"), engine.copyRates.of("handover")], [1e9, 400e6]);
});
