import assert from "node:assert/strict";
import test from "node:test";
import { isShort } from "../../../../custom_components/reflex_smartupload/client/core/ports/blobs.js";

test("what is read sooner than cut is short, a part of a large file is not", () => {
  assert.deepEqual([new Blob([]), new Blob(["a".repeat(64 * 1024)]), new Blob(["a".repeat(5 * 1024 * 1024)])].map(isShort), [true, true, false]);
});
