import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import Cookies from "../../../custom_components/reflex_smartupload/lean/cookies.js";

/** @type {any} */
const world = globalThis;
afterEach(() => delete world.document);

test("a cookie is read by its whole name, as it was written", () => {
  world.document = { cookie: "not_theme=no; theme=%7B%22a%22%3A1%7D; odd=100%" };
  const cookies = new Cookies();
  assert.equal(cookies.get("theme"), '{"a":1}');
  assert.equal(cookies.get("odd"), "100%", "what cannot be decoded is left");
  assert.equal(cookies.get("them"), undefined);
});

test("a cookie is written with its attributes, and removed at the same place", () => {
  world.document = { cookie: "" };
  new Cookies().set("seen", { a: 1 }, { path: "/", maxAge: 3.7, secure: true, sameSite: "lax" });
  assert.equal(world.document.cookie, "seen=%7B%22a%22%3A1%7D; Path=/; Max-Age=3; Secure; SameSite=lax");
  new Cookies().remove("seen", { path: "/" });
  assert.equal(world.document.cookie, "seen=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
});

test("while pages are built there is none", () => {
  const cookies = new Cookies();
  cookies.set("a", "b");
  assert.equal(cookies.get("a"), undefined);
});
