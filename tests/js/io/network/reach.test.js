import assert from "node:assert/strict";
import test from "node:test";
import { reach } from "../../../../custom_components/reflex_smartupload/client/io/network/reach.js";

/** @type {Record<string, string>} */
let states = {};
let answers = false;
const permissions = {
  query: async (/** @type {{name: string}} */ { name }) => {
    if (!(name in states)) throw new TypeError(`${name} is no permission`);
    return { state: states[name] };
  },
};
Object.defineProperty(globalThis, "location", { value: { hostname: "uploads.example", href: "https://uploads.example/" } });
Object.defineProperty(navigator, "permissions", { value: permissions, configurable: true });
globalThis.fetch = async () => (answers ? new Response() : assert.fail("nobody"));

/** @param {string} url @param {Record<string, string>} known */
const at = async (url, known) => {
  /** @type {string[]} */
  const asked = [];
  states = known;
  const { private: isPrivate } = await reach(url, (origin) => asked.push(origin));
  return [isPrivate, asked];
};

const PUBLIC = "https://store.example/b/k?partNumber=1";
const PRIVATE = "https://192.168.1.9:9000/b/k";

test("what a browser forbids is told from a store that is away, whatever its address", async () => {
  assert.deepEqual(await at(PUBLIC, { "local-network": "denied", "loopback-network": "prompt" }), [true, []]);
  assert.deepEqual(await at(PRIVATE, { "local-network-access": "denied" }), [true, []]);
  assert.deepEqual(await at(PRIVATE, { "local-network": "granted", "loopback-network": "granted" }), [false, []], "it may, so it is away");
  assert.deepEqual(await at(PUBLIC, {}), [false, []]);
  assert.deepEqual(await at(PRIVATE, {}), [true, []], "by the address, where the browser says nothing");
});

test("where nobody was asked a page has to", async () => {
  assert.deepEqual(await at(PUBLIC, { "local-network": "prompt" }), [false, ["https://store.example"]]);
  assert.deepEqual(await at(PRIVATE, { "local-network-access": "prompt" }), [true, ["https://192.168.1.9:9000"]]);
});

test("somebody answers: then it is nothing of the kind", async () => {
  answers = true;
  assert.deepEqual(await at(PRIVATE, { "local-network": "denied" }), [false, []]);
  assert.equal((await reach(PRIVATE)).answers, true);
});
