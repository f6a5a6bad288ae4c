import assert from "node:assert/strict";
import test from "node:test";
import { isolated } from "../../../../custom_components/reflex_smartupload/client/core/files/direction.js";

test("only a name that could turn what is around it gets the two signs", () => {
  assert.equal(isolated("film é 日本.mov"), "film é 日本.mov");
  for (const name of ["تقرير.txt", "דוח.pdf", "invoice\u202efdp.exe"]) assert.equal(isolated(name), `\u2068${name}\u2069`);
  assert.equal(isolated("Bert\u2069\u202e\u2066"), "\u2068Bert\u202e\u2069", "it does not get out of them");
});
