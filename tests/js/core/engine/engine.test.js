import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, pick, twoArrive } from "../bench.js";

test("a file travels from the pick to ready, byte for byte, four parts at a time", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.service.content("u1").toString(), LETTERS);
  assert.equal(b.service.maxPart, 4);
  assert.equal(b.card("a").percent, 100);
  assert.equal(b.disk.entries.size, 0, "the journal is empty again");
  assert.equal(b.disk.files.size, 0, "and so is the staging");
  assert.deepEqual(b.ports.events.filter((event) => event.type === "ended"), [{ type: "ended", id: "a", state: "ready" }]);
});

test("each part is hashed and sent once when nothing fails", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  const puts = b.service.log.filter((line) => line.startsWith("put")).sort();
  assert.equal(puts.length, new Set(puts).size);
  assert.equal(puts.length, 11);
});

test("after a crash a new engine goes on from what is confirmed, without the file", async () => {
  const b = await bench();
  await twoArrive(b, { before: 500 });
  assert.equal(b.card("a").leave, "return");
  const { service, disk } = b;
  service.held = null;
  const before = service.log.length;
  const again = await bench({ service, disk });
  await again.clock.pass(3000);
  assert.equal(again.card("a").state, "ready");
  assert.equal(service.content("u1").toString(), LETTERS);
  const resent = service.log.slice(before).filter((line) => line.startsWith("put"));
  assert.equal(resent.length, 9, "the two confirmed parts are not sent again");
});

test("a thousand small files: all ready, four parts on the line, nothing left behind", async () => {
  const b = await bench();
  await b.commands.add(Array.from({ length: 1000 }, (_, i) => pick(`f${i}`, `file ${i}`)));
  await b.clock.pass(300_000);
  assert.equal(b.cards().filter((card) => card.state === "ready").length, 1000);
  for (const [id, u] of b.service.uploads) assert.equal(b.service.content(id).toString(), `file ${u.name.slice(1, -4)}`);
  assert.equal(b.service.maxPart, 4);
  assert.deepEqual([b.disk.entries.size, b.disk.files.size, b.disk.parts.size], [0, 0, 0]);
  assert.equal(b.ports.events.filter((event) => event.type === "ended" && event.state === "ready").length, 1000);
  assert.deepEqual(b.logs(), []);
});

test("a thousand files over a crash: none is lost, none is made twice", async () => {
  const b = await bench();
  await b.commands.add(Array.from({ length: 300 }, (_, i) => pick(`f${i}`, `file ${i}`)));
  for (let i = 0; i < 4000 && b.service.uploads.size < 120; i += 1) await b.clock.pass(1);
  const again = await b.restart();
  assert.ok(again.cards().length > 0);
  await again.clock.pass(300_000);
  const ready = [...again.service.uploads.values()].filter((u) => u.state === "ready");
  assert.equal(ready.length, 300);
  assert.equal(again.service.uploads.size, 300);
  assert.equal(again.disk.entries.size, 0);
});

test("the first word of a wake is the last: many calls, one look", async () => {
  const b = await bench();
  let looks = 0;
  const { fill } = b.engine.lifecycle;
  b.engine.lifecycle.fill = () => {
    looks += 1;
    fill.call(b.engine.lifecycle);
  };
  for (let i = 0; i < 100; i += 1) b.engine.wake();
  await b.clock.pass(0);
  assert.equal(looks, 1);
});

test("reads that fail now and then on a file that is there are tried again, but not for ever", async () => {
  for (const [faults, state] of /** @type {[number, string][]} */ ([[4, "ready"], [1000, "waiting"]])) {
    const b = await bench();
    b.disk.hasSnapshots = b.disk.hasPartFiles = false;
    const { hash } = b.ports;
    let left = faults;
    b.ports.hash = async (blob) => {
      if ((await blob.text()).startsWith("uvw") && left-- > 0) throw new DOMException("busy", "NotReadableError");
      return hash(blob);
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(5000);
    assert.equal(b.card("a").state, state);
    if (state === "waiting") assert.equal(b.card("a").needs_file, true);
    assert.ok(b.count("hash") < 40, "and not without end");
  }
});
