import assert from "node:assert/strict";
import { test } from "node:test";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { ENGLISH } from "../../../../custom_components/reflex_smartupload/client/core/words/english.js";
import { ENGLISH_OF_ENGINE } from "../../../../custom_components/reflex_smartupload/client/core/words/english_engine.js";
import { isSaid, say } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";

const keysOf = (/** @type {string} */ text) => [...text.matchAll(/^([a-z][\w-]*) *=/gm)].map(([, key]) => key);

test("what the engine alone says is in Fluent's format, and a page has none of it", () => {
  const keys = keysOf(ENGLISH_OF_ENGINE);
  assert.ok(keys.length > 50);
  const bundle = new FluentBundle("en", { useIsolating: false });
  assert.deepEqual(bundle.addResource(new FluentResource(ENGLISH_OF_ENGINE)), [], "no key is there twice");
  for (const key of keys) assert.ok(bundle.getMessage(key)?.value, key);
  assert.deepEqual(keys.filter((key) => keysOf(ENGLISH).includes(key)), []);
});

test("whoever fetches it can say it", () => {
  assert.ok(isSaid("state-paused"));
  assert.equal(say("leaving-continues"), "Safe. You can close this window. It goes on by itself.");
});
