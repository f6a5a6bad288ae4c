import assert from "node:assert/strict";
import test from "node:test";
import { asGiven, withQuestions } from "../../../../custom_components/reflex_smartupload/client/core/background_fetch/order.js";

test("before each few parts both lanes ask the server", () => {
  const order = withQuestions(["p1", "p2", "p3", "p4", "p5"], 2);
  assert.deepEqual(order.map((one) => (typeof one === "string" ? one : `${one.level}${one.lane}`)), ["0a", "0b", "p1", "p2", "1a", "1b", "p3", "p4", "2a", "2b", "p5"]);
  assert.deepEqual(withQuestions([]), []);
});

test("a browser that takes them up by the text of their place does so in the order that is meant", () => {
  for (const many of [1, 2, 9, 10, 11, 99, 100, 101, 1234]) {
    const order = Array.from({ length: many }, (_, at) => `r${at}`);
    const given = asGiven(order);
    const keys = Object.keys(given).sort();
    assert.deepEqual(keys.map((key) => given[Number(key)]), order);
    assert.deepEqual(given.slice(0, 2), order.slice(0, 2), "the first two come first in any order");
  }
});
