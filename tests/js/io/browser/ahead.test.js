import assert from "node:assert/strict";
import test from "node:test";
import { connectAhead } from "../../../../custom_components/reflex_smartupload/client/io/browser/ahead.js";

test("a page has its browser connect to each store as parts go there, and again once such a connection may be closed", (t) => {
  /** @type {any[]} */
  const head = [];
  t.mock.method(performance, "now", () => now);
  let now = 0;
  const createElement = () => {
    const link = { remove: () => head.splice(head.indexOf(link), 1) };
    return link;
  };
  Object.assign(globalThis, { document: { createElement, head: { append: (/** @type {any} */ link) => head.push(link) } } });
  t.after(() => Reflect.deleteProperty(globalThis, "document"));
  const seen = () => head.map(({ rel, crossOrigin, href }) => `${rel} ${crossOrigin} ${href}`);
  connectAhead(["https://a.example", "https://b.example"]);
  const both = ["preconnect anonymous https://a.example", "preconnect anonymous https://b.example"];
  assert.deepEqual(seen(), both);
  const [first] = head;
  connectAhead(["https://a.example"]);
  assert.equal(head[0], first);
  now = 5000;
  connectAhead(["https://a.example"]);
  assert.deepEqual([seen(), head.includes(first)], [both.toReversed(), false]);
});
