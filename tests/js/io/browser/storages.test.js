import assert from "node:assert/strict";
import test from "node:test";
import { replaceForbidden } from "../../../../custom_components/reflex_smartupload/client/io/browser/storages.js";

const forbidden = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};

test("a storage that is forbidden becomes a memory of the page, and one that works stays", () => {
  const works = { getItem: () => "kept" };
  const page = Object.defineProperty({ sessionStorage: works }, "localStorage", { get: forbidden, configurable: true });
  replaceForbidden(page);
  const { localStorage, sessionStorage } = /** @type {any} */ (page);
  assert.equal(sessionStorage, works);
  assert.equal(localStorage.getItem("a"), null);
  localStorage.setItem("a", 1);
  localStorage.setItem("b", "2");
  assert.deepEqual([localStorage.getItem("a"), localStorage.length, localStorage.key(1), localStorage.key(2)], ["1", 2, "b", null]);
  localStorage.removeItem("a");
  assert.equal(localStorage.getItem("a"), null);
  localStorage.clear();
  assert.equal(localStorage.length, 0);
});

test("one that is there and fails when it is used is replaced too, and none is made where there is none", () => {
  const page = { localStorage: { getItem: forbidden } };
  replaceForbidden(page);
  assert.equal(/** @type {any} */ (page).localStorage.getItem("a"), null);
  assert.equal("sessionStorage" in page, false);
});
