import assert from "node:assert/strict";
import test from "node:test";
import { Version } from "../../../../custom_components/reflex_smartupload/client/core/upload/version.js";

test("each version and each part size has keys of its own, so that bytes of another one cannot be found by mistake", () => {
  const first = new Version("a", "", 10);
  const second = new Version("a", "x", 10);
  const keys = [first.key, first.cut.key, first.cutInto(20).key, second.key, second.cut.key];
  assert.equal(new Set(keys).size, keys.length);
});

test("a new cut knows nothing of the one before", () => {
  const version = new Version("a", "", 10);
  version.cut.hashes.set(1, "h");
  version.cut.staged.add(1);
  const cut = version.cutInto(20);
  assert.deepEqual([cut.partSize, cut.hashes.size, cut.staged.size, cut.refusals.size], [20, 0, 0, 0]);
});

test("it owns what is staged of it, and what may be staged this very moment; nothing else", () => {
  const version = new Version("a", "x", 10);
  const owned = () => ["a.x", "a.x.10", "a.x.20", "a", "a.10"].filter((key) => version.owns(key));
  assert.deepEqual(owned(), []);
  version.stagedKind = "snapshot";
  assert.deepEqual(owned(), ["a.x"]);
  version.stagedKind = "opfs";
  assert.deepEqual(owned(), ["a.x.10"]);
  version.composedOf = version.cutInto(20);
  assert.deepEqual(owned(), ["a.x.10", "a.x.20"]);
  assert.equal(version.partFiles, version.composedOf, "the journal leads to what the copy is made of");
  Object.assign(version, { stagedKind: "", composedOf: null, source: new Blob(["x"]) });
  assert.deepEqual(owned(), ["a.x", "a.x.10"]);
});
