import assert from "node:assert/strict";
import test from "node:test";
import { LocalFile } from "../../../../custom_components/reflex_smartupload/client/core/upload/localfile.js";
import { Version } from "../../../../custom_components/reflex_smartupload/client/core/upload/version.js";

const make = () => {
  const file = new LocalFile(new Version("a", "", 10), 95);
  file.version.give(new Blob(["x".repeat(95)]));
  return file;
};

test("the snapshot is read before the person's file", async () => {
  const u = make();
  u.version.copied(new Blob(["s".repeat(95)]));
  assert.equal(await u.bytesOf(10)?.text(), "sssss");
});

test("a part is here when it is staged by itself, or the whole is", () => {
  const file = make();
  assert.deepEqual([file.has(1), file.partCount], [true, 10]);
  file.version.give(null);
  file.version.cut.stage(9, "h");
  assert.deepEqual([file.has(1), file.has(9), file.bytesOf(9)], [false, true, null]);
});

test("without a part size there are no parts", () => {
  const file = new LocalFile(new Version("a", "", 0), 95);
  assert.deepEqual([file.partSize, file.partCount], [0, 0]);
});

test("it is whole in one piece, or in as many parts as it has", () => {
  const file = make();
  assert.equal(file.isWhole, true);
  file.version.give(null);
  for (let number = 1; number <= 10; number += 1) {
    assert.equal(file.isWhole, false);
    file.version.cut.stage(number, "h");
  }
  assert.equal(file.isWhole, true);
  assert.equal(new LocalFile(new Version("a", "", 0), 95).isWhole, false, "while there are no parts yet");
});
