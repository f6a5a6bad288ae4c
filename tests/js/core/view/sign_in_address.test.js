import assert from "node:assert/strict";
import { test } from "node:test";
import { signInAddress } from "../../../../custom_components/reflex_smartupload/client/core/view/sign_in_address.js";

const HERE = { pathname: "/files", search: "?query=a&b", href: "https://up.example.org/files?query=a&b" };

test("a page of this site is told the path", () => {
  assert.equal(signInAddress("/login", HERE), "/login?to=%2Ffiles%3Fquery%3Da%26b");
});

test("what the address asks already stays", () => {
  assert.equal(signInAddress("/enter?as=guest", HERE), "/enter?as=guest&to=%2Ffiles%3Fquery%3Da%26b");
  assert.equal(signInAddress("/app#/enter", HERE), "/app?to=%2Ffiles%3Fquery%3Da%26b#/enter");
});

test("another site is told the whole address", () => {
  const address = signInAddress("https://id.example.org/enter", HERE);
  assert.equal(new URL(address).searchParams.get("to"), HERE.href);
});
