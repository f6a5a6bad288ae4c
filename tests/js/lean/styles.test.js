import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";

// React stands in the build of an app, and not here.
const REACT = "data:text/javascript,export const createElement = (type, props, ...children) => ({ type, props, children })";
registerHooks({ resolve: (name, context, next) => (name === "react" ? { url: REACT, shortCircuit: true } : next(name, context)) });
const { jsx } = /** @type {any} */ (await import("../../../custom_components/reflex_smartupload/lean/styles.js"));

test("an element without styles is React's", () => {
  assert.deepEqual(jsx("p", { id: "a" }, "one", "two"), { type: "p", props: { id: "a" }, children: ["one", "two"] });
  assert.deepEqual(jsx("hr", null), { type: "hr", props: null, children: [] });
});

test("styles of a page are the element's own, and what it has as its style wins", () => {
  const { props } = jsx("p", { id: "a", css: { color: "red", "--su-ink": "#000", "&:hover": { color: "blue" } }, style: { color: "green" } });
  assert.deepEqual(props, { id: "a", style: { color: "green", "--su-ink": "#000" } });
});
