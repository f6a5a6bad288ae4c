import assert from "node:assert/strict";
import test from "node:test";
import { sendable } from "../../../../custom_components/reflex_smartupload/client/io/network/put.js";

test("what is short goes as bytes, so without the type that a file has; what is long goes as it lies there", async () => {
  const short = new File(["abc"], "a.txt", { type: "text/plain" });
  assert.deepEqual(new Uint8Array(/** @type {ArrayBuffer} */ (await sendable(short))), new TextEncoder().encode("abc"));
  const long = new Blob(["a".repeat(300_000)]);
  assert.equal(await sendable(long), long);
});
