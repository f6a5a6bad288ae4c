import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { lean, ruleIn } from "../../../custom_components/reflex_smartupload/lean/lean.js";

const POLLING = "/app/.web/node_modules/engine.io-client/build/esm/transports/polling-xhr.js";
const TRANSPORTS = "/app/.web/node_modules/engine.io-client/build/esm/transports/index.js";

test("what Reflex asks for is ours, anything else is not", () => {
  const { resolveId } = lean({ onlyWebsocket: true });
  for (const name of ["@emotion/react", "universal-cookie", "mergician"]) assert.ok(existsSync(resolveId(name)), name);
  const ours = resolveId("$/utils/helpers/upload", "/app/.web/utils/state.js");
  assert.equal(resolveId("$/utils/helpers/upload", ours), null, "and what ours asks for is Reflex's");
  for (const name of ["react", "@emotion/styled", "toString"]) assert.equal(resolveId(name), null);
});

test("long polling goes only where the app asks for the websocket alone", () => {
  assert.match(lean({ onlyWebsocket: true }).transform("", TRANSPORTS).code, /websocket: WS/);
  assert.match(lean({ onlyWebsocket: true }).transform("", POLLING).code, /class XHR/);
  for (const path of [TRANSPORTS, POLLING]) assert.equal(lean({ onlyWebsocket: false }).transform("", path), null);
});

test("a style that no element can have by itself ends the build", () => {
  const plain = 'jsx("a",{css:({ ["color"] : (on ? "red" : ")") }),title:"a: b"})';
  assert.equal(ruleIn(plain), "");
  assert.equal(ruleIn('x({ ["a: b"] : 1 })'), "", "and no other object");
  assert.equal(ruleIn(`${plain};jsx("b",{css:({ ["&:hover"] : ({ ["color"] : "red" }) })})`), "&:hover");
  assert.equal(ruleIn('{css:({ ["@media screen and (min-width: 30em)"] : ({}) })}'), "@media screen and (min-width: 30em)");
  const fails = { error: (/** @type {string} */ text) => assert.fail(text) };
  const transform = lean({ onlyWebsocket: true }).transform.bind(fails);
  const page = 'jsx("b",{css:({ ["&:hover"] : ({ ["color"] : "red" }) })})';
  assert.throws(() => transform(page, "/app/.web/app/routes/_index.jsx"), /_index\.jsx has a style for "&:hover"/);
  for (const other of ["node_modules/some/index.js", "utils/components/Errorboundary_errorboundary_71c9.jsx"]) assert.equal(transform(page, `/app/.web/${other}`), null);
});

test("only the build of the pages is listed", () => {
  const { generateBundle } = lean({ onlyWebsocket: true });
  generateBundle.call({ environment: { name: "ssr" } }, {}, { "a.js": { get modules() { return assert.fail("it is for nobody"); } } });
});
