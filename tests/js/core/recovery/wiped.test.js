import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, MemoryDisk, pick } from "../bench.js";

/** Some of it sent, all of it staged. @param {Partial<MemoryDisk>} [more] */
const staged = async (more = {}) => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), more) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  assert.equal(b.card("a").leave, "return");
  return b;
};

for (const [how, more] of /** @type {[string, Partial<MemoryDisk>][]} */ ([["a copy", {}], ["part files", { hasSnapshots: false }]])) {
  test(`wiped while the file is at hand: it is staged and written down once more, and goes on from it (${how})`, async () => {
    const b = await staged(more);
    b.disk.wipe();
    const u = b.upload("a");
    assert.deepEqual([u.journaled, u.snapshot], [false, null], "a crash would lose it");
    await b.clock.pass(500);
    assert.equal(b.card("a").leave, "return");
    assert.equal(b.disk.entries.size, 1);
    b.service.held?.splice(0).forEach((go) => go());
    b.service.held = null;
    await b.clock.pass(5000);
    assert.equal(b.card("a").state, "ready");
  });

  test(`wiped after a start, with nothing else at hand: the card asks for the file, and another file goes on (${how})`, async () => {
    const b = await staged(more);
    const again = await b.restart();
    await again.clock.pass(500);
    again.disk.wipe();
    await again.clock.pass(1000);
    assert.deepEqual([again.card("a").needs_file, again.card("a").leave], [true, ""]);
    again.service.held?.splice(0).forEach((go) => go());
    again.service.held = null;
    await again.commands.add([pick("b", LETTERS.toUpperCase())]);
    await again.clock.pass(5000);
    assert.equal(again.card("b").state, "ready", "what was being read of the first one keeps nobody");
    await again.commands.give("a", pick("x", LETTERS, { name: "a.txt" }).file);
    await again.clock.pass(5000);
    assert.equal(again.card("a").state, "ready");
  });
}
