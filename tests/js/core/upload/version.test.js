import assert from "node:assert/strict";
import test from "node:test";
import { Cut, Version } from "../../../../custom_components/reflex_smartupload/client/core/upload/version.js";

test("each version and each part size has keys of its own, so that bytes of another one cannot be found by mistake", () => {
  const first = new Version("a", "", 10);
  const second = new Version("a", "x", 10);
  const keys = [first.key, first.cut.key, second.key, second.cut.key];
  first.recut(20);
  keys.push(first.cut.key);
  assert.equal(new Set(keys).size, keys.length);
});

test("a new cut knows nothing of the one before", () => {
  const version = new Version("a", "", 10);
  version.cut.stage(1, "h");
  version.cut.refuse(1);
  version.recut(20);
  const { cut } = version;
  assert.deepEqual([cut.partSize, cut.hashes.size, cut.staged.size, cut.refusalsOf(1)], [20, 0, 0, 0]);
});

test("it owns what is staged of it, and what may be staged this very moment; nothing else", () => {
  const version = new Version("a", "x", 10);
  const owned = () => ["a.x", "a.x.10", "a.x.20", "a", "a.10"].filter((key) => version.owns(key));
  assert.deepEqual(owned(), []);
  version.stageAs("snapshot");
  assert.deepEqual(owned(), ["a.x"]);
  version.stageAs("opfs");
  assert.deepEqual(owned(), ["a.x.10"]);
  version.compose(new Cut(20, "a.x.20"));
  assert.deepEqual(owned(), ["a.x.10", "a.x.20"]);
  assert.equal(version.partFiles, version.composedOf, "the journal leads to what the copy is made of");
  version.stageAs("");
  version.compose(null);
  version.give(new Blob(["x"]));
  assert.deepEqual(owned(), ["a.x", "a.x.10"]);
});

test("a part file that is freed leaves its digest, one that is lost does not", () => {
  const { cut } = new Version("a", "", 10);
  cut.stage(1, "h");
  cut.stage(2, "i");
  assert.deepEqual([cut.free(1), cut.free(1), cut.hashes.get(1)], [true, false, "h"]);
  cut.lose(2);
  assert.deepEqual([[...cut.staged], cut.hashes.has(2)], [[], false]);
});

test("part files that are found are its own once their size is known", () => {
  const found = new Cut(0, "a");
  found.find(new Map([[3, "h"]]));
  const version = new Version("a", "", 10, { stagedKind: "opfs", composedOf: found });
  version.recognize(found);
  assert.deepEqual([version.cut.key, version.cut.partSize, [...version.cut.staged], version.composedOf], ["a", 10, [3], null]);
});

test("refusals are counted part by part, until the store takes one", () => {
  const { cut } = new Version("a", "", 10);
  cut.refuse(1);
  cut.refuse(1);
  cut.refuse(2);
  cut.forgive(1);
  assert.deepEqual([cut.refusalsOf(1), cut.refusalsOf(2)], [0, 1]);
  cut.forgive();
  assert.equal(cut.refusalsOf(2), 0);
});
