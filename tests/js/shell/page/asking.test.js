import assert from "node:assert/strict";
import test from "node:test";
import { createAsking } from "../../../../custom_components/reflex_smartupload/client/shell/page/asking.js";

const document = { visibilityState: "visible" };
Object.assign(globalThis, { document });

test("a page asks once at a time, while somebody looks, and again when they want it", async () => {
  /** @type {((answer: Response | null) => void)[]} */
  const open = [];
  globalThis.fetch = () => new Promise((resolve, reject) => open.push((answer) => (answer ? resolve(answer) : reject(new TypeError("no")))));
  let reached = 0;
  const asking = createAsking(() => void (reached += 1));
  document.visibilityState = "hidden";
  await asking.ask("https://store.example");
  assert.equal(open.length, 0, "nobody would see the question");
  document.visibilityState = "visible";
  const first = asking.ask("https://store.example");
  await asking.ask("https://store.example");
  assert.equal(open.length, 1, "the question is there");
  open[0](null);
  await first;
  await asking.ask("https://store.example");
  assert.deepEqual([open.length, reached], [1, 0], "it was put away just now");
  asking.again();
  const second = asking.ask("https://store.example");
  open[1](new Response());
  await second;
  assert.deepEqual([open.length, reached], [2, 1]);
});
