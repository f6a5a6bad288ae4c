import assert from "node:assert/strict";
import test from "node:test";
import { look, register, saidBy, takerOf, zoneOf } from "../../../../custom_components/reflex_smartupload/client/shell/page/uploaders.js";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/shell/page/uploaders.js").Part} Part */

/** @param {string} name @param {unknown} [zone] @param {Record<string, unknown>} [metadata] @returns {Part} */
const part = (name, zone = null, metadata = {}) => ({ describe: () => ({ name, metadata }), zone: () => zone });
const [plain, avatars, attachments] = ["", "avatars", "attachments"].map((name) => part(name));
/** A zone that is called so, with no part in it. @param {string} name */
const zone = (name) => ({ zone: {}, name });
/** @param {Part | string} taker */
const nameOf = (taker) => (typeof taker === "string" ? assert.fail(taker) : taker.describe().name);

test("what falls into a zone is its uploader's", () => {
  assert.equal(takerOf(zone("avatars"), [plain, avatars, attachments]), avatars);
  assert.equal(nameOf(takerOf(zone(""), [avatars, plain])), "");
  assert.equal(nameOf(takerOf(zone(""), [avatars])), "", "the default's own zone");
});

test("beside the zones it is the default's, where the page has it", () => {
  assert.equal(takerOf(null, [avatars, plain]), plain);
  assert.equal(takerOf(zone("of another page"), [avatars, plain]), plain);
});

test("where the page has no place for files, none is taken", () => {
  assert.equal(takerOf(null, []), "none");
  assert.equal(takerOf(zone("of another page"), []), "none");
});

test("without a default it is the only one's, and nobody's where there are several", () => {
  assert.equal(takerOf(null, [avatars, part("avatars")]), avatars);
  assert.equal(takerOf(zone("of another page"), [avatars]), avatars);
  assert.equal(takerOf(null, [avatars, attachments]), "several");
});

test("of several parts of one name each says its own, and its zone is its own", () => {
  const first = part("ticket", "zone 1", { number: 1 });
  const second = part("ticket", "zone 2", { number: 2 });
  assert.equal(takerOf({ zone: "zone 1", name: "ticket" }, [first, second]), first);
  assert.equal(takerOf({ zone: "zone 2", name: "ticket" }, [first, second]), second);
  assert.deepEqual([saidBy(first).metadata, saidBy(second).metadata], [{ number: "1" }, { number: "2" }]);
  assert.equal(takerOf(zone("ticket"), [first, second]), "several", "nobody can say which of them it is");
  assert.equal(takerOf(null, [first, second]), "several");
});

test("what an uploader says is asked for at the moment of the pick, as texts", () => {
  let metadata = /** @type {Record<string, unknown>} */ ({ ticket: 41, on: true, note: "a", gone: null, unknown: undefined });
  const one = { describe: () => ({ name: "a", rules: { maxFiles: 1 }, metadata }), zone: () => null };
  assert.deepEqual(saidBy(one), { uploader: "a", metadata: { ticket: "41", on: "true", note: "a" }, rules: { maxFiles: 1 } });
  metadata = { ticket: 42 };
  assert.deepEqual(saidBy(one).metadata, { ticket: "42" });
  assert.deepEqual(saidBy(part("")), { uploader: "", metadata: {}, rules: {} });
});

/** An element as far as zones are looked for. @param {string} tag @param {string | null} uploader @param {any} [parent] @param {any} [control] @returns {any} */
const element = (tag, uploader, parent = null, control = null) => {
  /** @type {any} */
  const one = {
    parentElement: parent, control, hasAttribute: () => uploader !== null,
    closest: () => (tag === "label" || uploader !== null ? one : (parent?.closest() ?? null)),
  };
  return one;
};

test("an input is a zone of its own, and so is its label; a label for something else is none", () => {
  const zone = element("div", "attachments");
  const input = element("input", "avatars");
  const label = element("label", null, zone, input);
  const words = element("span", null, label);
  assert.deepEqual([input, label, words, zone].map(zoneOf), [input, input, input, zone]);
  const other = element("label", null, zone, element("input", null));
  assert.equal(zoneOf(element("span", null, other)), zone);
  assert.equal(zoneOf(element("span", null, element("label", null))), null);
});

test("what is not known at the moment of the pick is said once it is", async () => {
  let described = { name: "a", metadata: { ticket: 41 }, isKnown: false };
  const one = { describe: () => described, zone: () => null };
  const stop = register(one);
  const { later, ...said } = saidBy(one);
  assert.deepEqual(said, { uploader: "a", rules: {} }, "no default of the State goes along");
  look();
  described = { ...described, metadata: { ticket: 44 } };
  look();
  described = { ...described, isKnown: true };
  look();
  assert.deepEqual(await later, { uploader: "a", metadata: { ticket: "44" }, rules: {} });
  assert.equal(saidBy(one).later, undefined);
  stop();
});

test("a part that has left the page without knowing is answered for by another one of its uploader, never by another uploader", async () => {
  const gone = { describe: () => ({ name: "a", isKnown: false }), zone: () => null };
  register(gone)();
  let heard = 0;
  const { later } = saidBy(gone);
  later?.then(() => (heard += 1));
  const stops = [register(part("b")), register(part("a", null, { n: 1 })), register(part("a", null, { n: 2 }))];
  await Promise.resolve();
  assert.equal(heard, 1, "the first of its name that was there");
  assert.deepEqual((await later)?.metadata, { n: "1" });
  const again = saidBy(gone).later;
  again?.then(() => (heard += 1));
  look();
  await Promise.resolve();
  assert.equal(heard, 1, "two that say different things say nothing");
  stops[1]();
  look();
  assert.deepEqual((await again)?.metadata, { n: "2" });
  stops.forEach((stop) => stop());
});

test("a number that a browser cannot hold exactly is not said at all", (t) => {
  const said = t.mock.method(console, "error", () => {});
  const exact = [2 ** 53 - 1, -(2 ** 53) + 1, 0.5, "9007199254740993", true, null, [1, { a: 2 }]];
  for (const value of exact) assert.equal(saidBy(part("a", null, { value })).fault, undefined, JSON.stringify(value));
  for (const value of [2 ** 53, -(2 ** 60), [1, 2 ** 53], { a: 2 ** 53 }]) {
    assert.deepEqual(saidBy(part("a", null, { n: 1, ticket: value })), { uploader: "a", fault: "metadata_inexact" });
  }
  assert.match(said.mock.calls[0].arguments[0], /ticket in the metadata of the uploader a: .* Pass it as a text\.$/);
});

test("the default takes what systems leave in folders where its zone says so, and another uploader where its rules do", () => {
  const zones = /** @type {string[]} */ ([]);
  Object.assign(globalThis, { document: { querySelector: (/** @type {string} */ selector) => zones.find((one) => one === selector) } });
  assert.equal(saidBy(part("")).rules?.systemFiles, undefined);
  zones.push('[data-uploader=""][data-system-files]');
  assert.deepEqual([saidBy(part("")).rules?.systemFiles, saidBy(part("avatars")).rules?.systemFiles], [true, undefined]);
  assert.equal(saidBy({ describe: () => ({ name: "avatars", rules: { systemFiles: true } }), zone: () => null }).rules?.systemFiles, true);
  Reflect.deleteProperty(globalThis, "document");
});
