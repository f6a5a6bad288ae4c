import assert from "node:assert/strict";
import { test } from "node:test";
import { negotiate } from "../../../../custom_components/reflex_smartupload/client/core/words/negotiation.js";

test("the first language that is there and wanted is taken; who asks for one kind of it is content with the language", () => {
  const offered = ["en", "de", "pt-BR"];
  assert.equal(negotiate(["de-AT", "en"], offered), "de");
  assert.equal(negotiate(["fr", "de"], offered), "de");
  assert.equal(negotiate(["PT-br"], offered), "pt-BR");
  assert.equal(negotiate(["pt"], offered), "en", "another kind of it may not be read");
  assert.equal(negotiate(["", "nonsense-", "x"], offered), "en");
  assert.equal(negotiate([], offered), "en");
});
