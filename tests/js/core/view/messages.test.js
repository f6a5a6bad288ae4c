import assert from "node:assert/strict";
import test from "node:test";
import "../../../../custom_components/reflex_smartupload/client/core/words/english_engine.js";
import { amountText, filesText, kindText, roundSizeText, sizeText, speedText, timeText, wordsFor } from "../../../../custom_components/reflex_smartupload/client/core/view/messages.js";
import { clockText } from "../../../../custom_components/reflex_smartupload/client/core/words/figures.js";

test("sizes read as in a file manager", () => {
  const read = (/** @type {[number, string][]} */ pairs) => pairs.forEach(([bytes, text]) => assert.equal(sizeText(bytes), text));
  read([[0, "0 bytes"], [1, "1 byte"], [999, "999 bytes"], [1000, "1.0 KB"], [9_940, "9.9 KB"], [10_240, "10 KB"], [99_400, "99 KB"], [99_600, "100 KB"]]);
  read([[999_499, "999 KB"], [999_500, "1.0 MB"], [6_200_000, "6.2 MB"], [2_140_000_000, "2.14 GB"], [21_400_000_000, "21.4 GB"], [5e12, "5.00 TB"], [5e15, "5000 TB"]]);
});

test("an amount is told in the unit of the whole", () => {
  assert.equal(amountText(1_310_000_000, 2_140_000_000), "1.31 of 2.14 GB");
  assert.equal(amountText(0, 2_140_000_000), "0.00 of 2.14 GB");
  assert.equal(amountText(0, 10_240), "0.0 of 10 KB");
  assert.equal(amountText(5, 7), "5 of 7 bytes");
  assert.equal(amountText(2_140_000_000, 2_140_000_000), "2.14 GB");
});

test("a speed is shown when there is one", () => {
  assert.equal(speedText(6_200_000), "6.2 MB/s");
  assert.equal(speedText(0), "");
  assert.equal(speedText(0.4), "");
});

test("the time left is as coarse as it is long", () => {
  const read = (/** @type {number} */ low, /** @type {number} */ high, /** @type {string} */ text) => assert.equal(timeText({ low, high }), text);
  assert.equal(timeText(null), "");
  read(1, 4.9, "a few seconds left");
  read(5, 5, "about 5 s left");
  read(12, 32, "10–35 s left");
  read(40, 89, "40–90 s left");
  read(80, 100, "1–2 min left");
  read(240, 360, "4–6 min left");
  read(120, 120, "about 2 min left");
  read(3000, 5399, "50–90 min left");
  read(5000, 5400, "1–2 h left");
  read(10_800, 18_000, "3–5 h left");
});

test("a range of times never runs backwards", () => {
  for (let low = 1; low < 20_000; low = Math.ceil(low * 1.1))
    for (const spread of [1, 1.05, 1.5, 3]) {
      const found = /^(\d+)–(\d+) /.exec(timeText({ low, high: low * spread }));
      if (found) assert.ok(Number(found[1]) < Number(found[2]), `${low} ${spread} ${found[0]}`);
    }
});

test("a file's kind is its short ending", () => {
  assert.equal(kindText("holiday.mov"), "MOV");
  assert.equal(kindText("a.tar.gz"), "GZ");
  assert.equal(kindText("README"), "FILE");
  assert.equal(kindText(".profile"), "FILE");
  assert.equal(kindText("notes."), "FILE");
  assert.equal(kindText("a.numbers"), "FILE");
  assert.equal(kindText("a.<b>"), "FILE");
});

test("states and reasons have words, others none", () => {
  for (const code of ["paused", "no_connection", "server_away", "store_away", "store_unreachable", "store_shut", "store_full", "cancelled_handed", "portal", "no_server", "queued", "starting", "staging", "verifying", "scanning", "duplicate", "elsewhere"]) assert.ok(wordsFor(code), code);
  assert.equal(wordsFor("uploading"), "");
  assert.match(wordsFor("portal"), /sign in first/);
});

test("a time of day has hours and minutes", () => {
  assert.match(clockText(Date.UTC(2026, 10, 23, 11, 42)), /^\d{2}:\d{2}$/);
});

test("one file, two files, a thousand", () => {
  assert.equal(filesText(1), "1 file");
  assert.equal(filesText(2), "2 files");
  assert.equal(filesText(1000), "1,000 files");
});

test("a limit reads as a round figure when it is one", () => {
  assert.equal(roundSizeText(5e12), "5 TB");
  assert.equal(roundSizeText(5e6), "5 MB");
  assert.equal(roundSizeText(2.25e9), "2.25 GB");
  assert.equal(roundSizeText(1.5e9), "1.5 GB");
  assert.equal(roundSizeText(100e6), "100 MB");
  assert.equal(roundSizeText(20e9), "20 GB");
});
