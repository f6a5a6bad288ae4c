import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, pick } from "../bench.js";

test("while the server finishes it is asked now and then, and the card says so", async () => {
  const b = await bench();
  b.service.finishesAtOnce = false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  assert.deepEqual([b.card("a").state, b.card("a").detail, b.card("a").leave], ["scanning", "being checked", "continues"]);
  const asked = b.service.log.filter((line) => line.startsWith("get")).length;
  assert.ok(asked >= 3 && asked <= 10, `${asked} times in ten seconds`);
  b.service.away = true;
  await b.clock.pass(20_000);
  b.service.away = false;
  b.service.finish("u1");
  await b.clock.pass(15_000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.service.content("u1").toString(), LETTERS);
});

test("a start while the server is finishing goes on looking, and does not ask for the file", async () => {
  const b = await bench();
  b.service.finishesAtOnce = false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  const again = await b.restart();
  await again.clock.pass(2000);
  assert.deepEqual([again.card("a").state, again.card("a").needs_file, again.card("a").leave], ["scanning", false, "continues"]);
  b.service.finish("u1");
  await again.clock.pass(5000);
  assert.equal(again.card("a").state, "ready");
  assert.equal(again.service.content("u1").toString(), LETTERS);
});
