import assert from "node:assert/strict";
import { test } from "node:test";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { ENGLISH } from "../../../../custom_components/reflex_smartupload/client/core/words/english.js";

test("all of it is in Fluent's format: every sentence is there, once, and says something", () => {
  const keys = [...ENGLISH.matchAll(/^([a-z][\w-]*) *=/gm)].map(([, key]) => key);
  assert.ok(keys.length > 100);
  const bundle = new FluentBundle("en", { useIsolating: false });
  assert.deepEqual(bundle.addResource(new FluentResource(ENGLISH)), [], "no key is there twice");
  for (const key of keys) assert.ok(bundle.getMessage(key)?.value, key);
});
