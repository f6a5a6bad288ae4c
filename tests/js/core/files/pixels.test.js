import assert from "node:assert/strict";
import test from "node:test";
import { pixelsOf } from "../../../../custom_components/reflex_smartupload/client/core/files/pixels.js";

/** Texts and numbers of one byte one after the other. @param {(string | number[])[]} pieces */
const bytes = (...pieces) => {
  const all = pieces.flatMap((piece) => (typeof piece === "string" ? [...piece].map((letter) => letter.charCodeAt(0)) : piece));
  return Uint8Array.from([...all, ...Array(Math.max(0, 64 - all.length)).fill(0)]).buffer;
};
const be = (/** @type {number} */ value, count = 4) => Array.from({ length: count }, (_, at) => Math.floor(value / 256 ** (count - 1 - at)) % 256);
const le = (/** @type {number} */ value, count = 4) => be(value, count).reverse();

const WIDE = { width: 4000, height: 300 };
const FILES = {
  png: bytes([0x89], "PNG\r\n\x1a\n", be(13), "IHDR", be(4000), be(300)),
  gif: bytes("GIF89a", le(4000, 2), le(300, 2)),
  bmp: bytes("BM", le(0), le(0), le(54), le(40), le(4000), le(2 ** 32 - 300)),
  "webp with more in it": bytes("RIFF", le(0), "WEBP", "VP8X", le(10), le(0), le(3999, 3), le(299, 3)),
  "webp with losses": bytes("RIFF", le(0), "WEBP", "VP8 ", le(0), le(0, 3), [0x9d, 0x01, 0x2a], le(4000, 2), le(300, 2)),
  "webp without": bytes("RIFF", le(0), "WEBP", "VP8L", le(0), [0x2f], le(3999 + 299 * 2 ** 14)),
  jpeg: bytes([0xff, 0xd8, 0xff, 0xe0], be(16, 2), Array(14).fill(0), [0xff, 0xff, 0xc4], be(3, 2), [0], [0xff, 0xc2], be(17, 2), [8], be(300, 2), be(4000, 2)),
  "avif with a smaller one": bytes(be(20), "ftypavif", Array(8).fill(0), be(20), "ispe", be(0), be(4000), be(300), be(20), "ispe", be(0), be(160), be(12)),
};

for (const [name, file] of Object.entries(FILES)) test(`${name} says how large it is`, () => assert.deepEqual(pixelsOf(file), WIDE));

test("of everything else nobody can tell, and so it is not decoded", () => {
  const none = bytes("%PDF-1.7");
  const cut = FILES.jpeg.slice(0, 34);
  const empty = bytes([0x89], "PNG\r\n\x1a\n", be(13), "IHDR", be(0), be(300));
  for (const one of [none, empty, cut, new ArrayBuffer(0), new ArrayBuffer(31), bytes("<svg xmlns=")]) assert.equal(pixelsOf(one), null);
});

test("whatever the bytes are, it comes to an end and raises nothing", () => {
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % 256;
  for (const file of Object.values(FILES))
    for (let run = 0; run < 300; run += 1) {
      const torn = new Uint8Array(file.slice(0, 32 + (next() % 33)));
      for (let at = 12; at < torn.length; at += 1) if (next() < 80) torn[at] = next();
      const found = pixelsOf(torn.buffer);
      assert.ok(found === null || (found.width > 0 && found.height > 0));
    }
});
