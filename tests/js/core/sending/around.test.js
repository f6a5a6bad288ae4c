import assert from "node:assert/strict";
import test from "node:test";
import { Around } from "../../../../custom_components/reflex_smartupload/client/core/sending/around.js";

const PART = { relay: "/api/uploads/u/parts/1/relay" };

test("nothing goes through the app before it is opened, and only what it offers", () => {
  const around = new Around();
  assert.deepEqual([around.isOpen, around.takes(PART, 0), around.tries(1e9)], [false, false, false]);
  around.open(0);
  assert.deepEqual([around.takes(PART, 0), around.takes({}, 0)], [true, false]);
  around.close();
  assert.equal(around.takes(PART, 0), false);
});

test("one part tries the direct way after a minute, the next one ever later", () => {
  const around = new Around();
  around.open(0);
  around.open(50_000); // it is open already
  const tried = [];
  for (let at = 0; at < 3_600_000; at += 1000) if (around.tries(at)) tried.push(at / 60_000);
  assert.deepEqual(tried, [1, 3, 7, 15, 31]);
});

test("an app that does not take a part is left alone, ever longer, until it takes one", () => {
  const around = new Around();
  around.open(0);
  assert.equal(around.failed(0), 5000);
  assert.deepEqual([around.takes(PART, 4999), around.takes(PART, 5000)], [false, true]);
  assert.equal(around.failed(5000), 15_000);
  for (let times = 0; times < 20; times += 1) around.failed(0);
  assert.equal(around.failed(0), 300_000);
  around.through();
  assert.equal(around.failed(0), 5000);
});
