import assert from "node:assert/strict";
import test from "node:test";
import { register, saidBy, takerOf } from "../../../../custom_components/reflex_smartupload/client/shell/page/uploaders.js";

const those = (/** @type {string[]} */ ...names) => new Set(names);

test("what falls into a zone is its uploader's", () => {
  assert.equal(takerOf("avatars", those("", "avatars", "attachments")), "avatars");
  assert.equal(takerOf("", those("avatars", "")), "");
  assert.equal(takerOf("", those("avatars")), "", "the default's own zone");
});

test("beside the zones it is the default's, where the page has it or has nothing at all", () => {
  assert.equal(takerOf(undefined, those()), "");
  assert.equal(takerOf(undefined, those("avatars", "")), "");
  assert.equal(takerOf("of another page", those("avatars", "")), "");
});

test("without a default it is the only one's, and nobody's where there are several", () => {
  assert.equal(takerOf(undefined, those("avatars")), "avatars");
  assert.equal(takerOf("of another page", those("avatars")), "avatars");
  assert.equal(takerOf(undefined, those("avatars", "attachments")), null);
});

test("what an uploader says is asked for at the moment of the pick, as texts", () => {
  let metadata = /** @type {Record<string, unknown>} */ ({ ticket: 41, on: true, note: "a", gone: null, unknown: undefined });
  const stop = register(() => ({ name: "a", rules: { maxFiles: 1 }, metadata }));
  assert.deepEqual(saidBy("a"), { uploader: "a", metadata: { ticket: "41", on: "true", note: "a" }, rules: { maxFiles: 1 } });
  metadata = { ticket: 42 };
  assert.deepEqual(saidBy("a").metadata, { ticket: "42" });
  stop();
  assert.deepEqual(saidBy("a"), { uploader: "a", metadata: {}, rules: {} });
});

test("of several parts of one uploader the one that came last knows it best", () => {
  const stops = [register(() => ({ name: "a", metadata: { n: "old" } })), register(() => ({ name: "a", metadata: { n: "new" } })), register(() => ({ name: "b" }))];
  assert.deepEqual(saidBy("a").metadata, { n: "new" });
  stops[1]();
  assert.deepEqual(saidBy("a").metadata, { n: "old" });
  stops.forEach((stop) => stop());
});
