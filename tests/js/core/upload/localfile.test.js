import assert from "node:assert/strict";
import test from "node:test";
import { LocalFile } from "../../../../custom_components/reflex_smartupload/client/core/upload/localfile.js";
import { Version } from "../../../../custom_components/reflex_smartupload/client/core/upload/version.js";

const make = () => {
  const file = new LocalFile(new Version("a", "", 10), 95);
  file.source = new Blob(["x".repeat(95)]);
  return file;
};

test("the snapshot is read before the person's file", async () => {
  const u = make();
  u.snapshot = new Blob(["s".repeat(95)]);
  assert.equal(await u.bytesOf(10)?.text(), "sssss");
});

test("a part is here when it is staged by itself, or the whole is", () => {
  const file = make();
  assert.deepEqual([file.has(1), file.partCount], [true, 10]);
  file.source = null;
  file.stagedParts.add(9);
  assert.deepEqual([file.has(1), file.has(9), file.bytesOf(9)], [false, true, null]);
});

test("without a part size there are no parts", () => {
  const file = new LocalFile(new Version("a", "", 0), 95);
  assert.deepEqual([file.partSize, file.partCount], [0, 0]);
});
