import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { lean, ruleIn } from "../../../custom_components/reflex_smartupload/lean/lean.js";

const POLLING = "/app/.web/node_modules/engine.io-client/build/esm/transports/polling-xhr.js";
const INSTRUMENTATION = "/app/.web/node_modules/react-router/dist/production/lib/router/instrumentation.js";
const TRANSPORTS = "/app/.web/node_modules/engine.io-client/build/esm/transports/index.js";

test("what Reflex asks for is ours, anything else is not", () => {
  const { resolveId } = lean({ onlyWebsocket: true });
  for (const name of ["@emotion/react", "universal-cookie", "mergician"]) assert.ok(existsSync(resolveId(name)), name);
  const ours = resolveId("$/utils/helpers/upload", "/app/.web/utils/state.js");
  assert.equal(resolveId("$/utils/helpers/upload", ours), null, "and what ours asks for is Reflex's");
  for (const name of ["react", "@emotion/styled", "toString"]) assert.equal(resolveId(name), null);
});

/** What a build makes of a script. @param {string} code @param {string} id @param {{onlyWebsocket?: boolean, environment?: string}} [how] */
const made = (code, id, { onlyWebsocket = true, environment = "client" } = {}) =>
  lean({ onlyWebsocket }).transform.call({ environment: { name: environment }, error: (/** @type {string} */ text) => assert.fail(text) }, code, id);

test("what tells of the router's work goes from pages, not from what builds them", () => {
  assert.match(made("", INSTRUMENTATION).code, /consumeInstrumentationClientResultMetaReceiver/);
  assert.equal(made("", INSTRUMENTATION, { environment: "ssr" }), null);
});

test("long polling goes only where the app asks for the websocket alone", () => {
  assert.match(made("", TRANSPORTS).code, /websocket: WS/);
  assert.match(made("", POLLING).code, /class XHR/);
  for (const path of [TRANSPORTS, POLLING]) assert.equal(made("", path, { onlyWebsocket: false }), null);
});

test("a style that no element can have by itself ends the build", () => {
  const plain = 'jsx("a",{css:({ ["color"] : (on ? "red" : ")") }),title:"a: b"})';
  assert.equal(ruleIn(plain), "");
  assert.equal(ruleIn('x({ ["a: b"] : 1 })'), "", "and no other object");
  assert.equal(ruleIn(`${plain};jsx("b",{css:({ ["&:hover"] : ({ ["color"] : "red" }) })})`), "&:hover");
  assert.equal(ruleIn('{css:({ ["@media screen and (min-width: 30em)"] : ({}) })}'), "@media screen and (min-width: 30em)");
  const page = 'jsx("b",{css:({ ["&:hover"] : ({ ["color"] : "red" }) })})';
  assert.throws(() => made(page, "/app/.web/app/routes/_index.jsx"), /_index\.jsx has a style for "&:hover"/);
  for (const other of ["node_modules/some/index.js", "utils/components/Errorboundary_errorboundary_71c9.jsx"]) assert.equal(made(page, `/app/.web/${other}`), null);
});

test("only the build of the pages is listed", () => {
  const { generateBundle } = lean({ onlyWebsocket: true });
  generateBundle.call({ environment: { name: "ssr" } }, {}, { "a.js": { get modules() { return assert.fail("it is for nobody"); } } });
});
