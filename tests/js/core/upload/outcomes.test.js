import assert from "node:assert/strict";
import test from "node:test";
import { IllegalTransition } from "../../../../custom_components/reflex_smartupload/client/core/upload/transitions.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { bench, LETTERS, pick } from "../bench.js";

test("a mistake of the engine stops a test; in the field it is reported, and not obeyed", async () => {
  const b = await bench();
  await b.commands.add([pick("a", "x".repeat(25))]);
  await b.clock.pass(5000);
  const u = b.upload("a");
  assert.equal(u.phase, "ready");
  assert.throws(() => b.engine.outcomes.move(u, "pause"), IllegalTransition);
  b.engine.ports.strict = false;
  b.engine.outcomes.move(u, "pause");
  assert.equal(u.phase, "ready");
  assert.match(b.logs().join(), /nothing in the phase ready follows from pause/);
});

test("two cards of one upload: the one that stood for the other goes, and sends nothing more", async () => {
  const first = await bench();
  first.service.held = [];
  await first.commands.add([pick("a", LETTERS)]);
  await first.clock.pass(1000);
  const { service } = first;
  service.held?.splice(0, 1).forEach((go) => go());
  await first.clock.pass(300);
  first.kill();
  service.held = null;
  const b = await bench({ service });
  service.held = [];
  await b.commands.add([pick("b", LETTERS, { name: "a.txt" })]);
  await b.clock.pass(1000);
  assert.deepEqual(b.cards().map((card) => card.id), ["server-u1"]);
  assert.ok(service.onLine > 0);
  const u = new Upload({ id: "a", key: "a", name: "a.txt", size: LETTERS.length });
  b.engine.add(u);
  b.engine.outcomes.name(u, "u1");
  const letGo = service.held ?? [];
  service.held = null;
  const puts = service.log.length;
  letGo.splice(0).forEach((go) => go());
  await b.clock.pass(2000);
  assert.deepEqual([...b.engine.uploads.keys()], ["a"]);
  assert.equal(service.log.slice(puts).filter((line) => line.startsWith("put")).length, 0, "it goes on sending");
  assert.deepEqual([b.disk.entries.size, b.disk.files.size], [0, 0], "and is remembered");
});
