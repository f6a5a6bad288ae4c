import assert from "node:assert/strict";
import test from "node:test";
import { toId, uploadsOf } from "../../../../custom_components/reflex_smartupload/client/core/background_fetch/registration.js";

test("what a registration is called says whose parts the browser has in hand, and no two are called the same", () => {
  const id = toId("r1", [{ uploadId: "one" }, { uploadId: "two" }]);
  assert.deepEqual(uploadsOf(id), ["one", "two"]);
  assert.notEqual(id, toId("r2", [{ uploadId: "one" }, { uploadId: "two" }]));
  assert.deepEqual(uploadsOf(toId("r1", [])), []);
});
