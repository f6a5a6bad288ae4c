import assert from "node:assert/strict";
import test from "node:test";
import { isOld } from "../../../../custom_components/reflex_smartupload/client/core/upload/age.js";
import { bench, LETTERS, pick } from "../bench.js";

const DAYS = 86_400_000;

test("old is what nobody touched for longer than the server keeps an upload; without its word nothing is", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  const u = b.upload("a");
  const ago = (/** @type {number} */ days) => {
    u.become("touched", b.clock.wall() - days * DAYS);
    return isOld(b.engine, u);
  };
  assert.deepEqual([ago(0), ago(6.9), ago(7.1)], [false, false, true]);
  b.engine.configure({ abandon_after_days: undefined });
  assert.equal(ago(1000), false);
});
