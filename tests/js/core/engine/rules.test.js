import assert from "node:assert/strict";
import test from "node:test";
import { asksBytes, isAccepted, saidOf, smaller, typesOf } from "../../../../custom_components/reflex_smartupload/client/core/engine/rules.js";

const file = (/** @type {string} */ name, type = "") => ({ name, type });

test("a list has types, wildcards and extensions, and whatever stands between them", () => {
  assert.deepEqual(typesOf(" image/*, .PDF,, application/json "), ["image/*", ".pdf", "application/json"]);
  assert.deepEqual(typesOf(""), []);
});

test("without a list everything is taken", () => {
  for (const accept of ["", " , "]) assert.equal(isAccepted(accept, file("a")), true);
});

test("one of them is enough", () => {
  const accept = "image/*,.pdf,application/json";
  for (const one of [file("a", "image/png"), file("A.PDF"), file("a.pdf", "text/plain"), file("a", "application/json"), file("a", "Application/JSON; charset=utf-8"), file("a", "IMAGE/svg+xml"), file("a.png"), file("a.json", "text/json")])
    assert.equal(isAccepted(accept, one), true, JSON.stringify(one));
  for (const one of [file("a.txt", "image/png"), file("image/png"), file("a", "imagery/png"), file("a", "image"), file("pdf"), file("a.pdf.exe"), file("a", "application/json5"), file("a", "text/plain")])
    assert.equal(isAccepted(accept, one), false, JSON.stringify(one));
});

test("first bytes count before the name and the browser's word, and are worth reading where a list has a type", () => {
  const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  assert.deepEqual([isAccepted("image/*", file("photo")), isAccepted("image/*", file("photo"), PNG), isAccepted("image/jpeg", file("photo", "image/jpeg"), PNG)], [false, true, false]);
  assert.deepEqual([asksBytes("image/*,.pdf"), asksBytes(".pdf,.zip"), asksBytes("")], [true, false, false]);
});

test("of two limits the smaller one counts, and none is no limit", () => {
  assert.deepEqual([smaller(5, 3), smaller(3, 5), smaller(0, 3), smaller(3, undefined), smaller(null, 0), smaller(null, undefined)], [3, 3, 3, 3, 0, 0]);
});

test("the same is said whatever the order, and something else with another name, text or uploader", () => {
  const said = (/** @type {string} */ uploader, /** @type {Record<string, string>} */ metadata) => saidOf({ uploader, metadata });
  assert.equal(said("u", { a: "1", b: "2" }), said("u", { b: "2", a: "1" }));
  const all = [said("u", {}), said("", {}), said("u", { a: "" }), said("u", { a: "1" }), said("u", { b: "1" }), said("u", { a: "1", b: "2" })];
  assert.equal(new Set(all).size, all.length);
});
