// What both halves make of real files is held by tests/unit/files/test_corpus.py.
import assert from "node:assert/strict";
import test from "node:test";
import { HEAD, recognised } from "../../../../custom_components/reflex_smartupload/client/core/files/signs.js";

const bytes = (/** @type {string} */ text) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test("certain signs are recognised, and nothing else", () => {
  assert.equal(recognised("a", "application/octet-stream", bytes("\xff\xd8\xff\xe0")), "image/jpeg");
  assert.equal(recognised("a", "application/octet-stream", bytes("GIF89a")), "image/gif");
  assert.equal(recognised("a", "application/octet-stream", bytes("  <!DOCTYPE html>")), "text/html");
  for (const text of ["", "MZ is how this begins", "GIF", "hello"]) assert.equal(recognised("a", "image/png", bytes(text)), "", text);
});

test("a name and a word make it more exact where they fit what the bytes are, and count for nothing else", () => {
  const zip = bytes("PK\x03\x04");
  assert.equal(recognised("a.idml", "application/zip", zip), "application/vnd.adobe.indesign-idml-package");
  assert.equal(recognised("a.png", "image/png", zip), "application/zip");
  assert.equal(recognised("a", "application/x-mine", zip), "application/x-mine");
});

test("no more than the first bytes are looked at", () => {
  assert.equal(recognised("a", "", bytes(`PK\x03\x04${" ".repeat(HEAD)}PK\x03\x04${" ".repeat(26)}word/`)), "application/zip");
});
