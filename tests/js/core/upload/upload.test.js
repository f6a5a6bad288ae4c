import assert from "node:assert/strict";
import test from "node:test";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";

const make = (more = {}) => {
  const u = new Upload({ id: "a", key: "k", name: "a.txt", size: 95, partSize: 10, phase: "open", ...more });
  u.version.give(new Blob(["x".repeat(95)]));
  return u;
};

/** @param {Upload} u @param {number} [limit] */
const claimAll = (u, limit = 100) => {
  const claimed = [];
  for (let number = u.claimNext(); number && claimed.length < limit; number = u.claimNext()) claimed.push(number);
  return claimed;
};

test("parts are claimed in order, each once", () => {
  const u = make();
  assert.deepEqual(claimAll(u), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(u.claimNext(), 0);
});

test("confirmed parts are passed over", () => {
  const u = make();
  u.parts.list([1, 3, 10]);
  assert.deepEqual(claimAll(u), [2, 4, 5, 6, 7, 8, 9]);
});

test("only what this browser has is claimed", () => {
  const u = make();
  u.version.give(null);
  [9, 10].forEach((number) => u.version.cut.stage(number, "h"));
  assert.deepEqual(claimAll(u), [9, 10]);
  assert.equal(u.has(1), false);
  assert.equal(u.bytesOf(1), null);
});

test("confirmed, on the line and staged are counted in bytes, the last part as short as it is", () => {
  const u = make();
  u.parts.list([1, 10]);
  assert.equal(u.confirmedBytes, 15);
  u.parts.load(2, 4);
  assert.equal(u.sentBytes, 19);
  assert.equal(u.safeBytes, 15, "what is on the line is not safe");
  [9, 10].forEach((number) => u.version.cut.stage(number, "h"));
  assert.equal(u.safeBytes, 25, "a part that is both counts once");
  u.version.copied(new Blob(["x"]));
  assert.equal(u.safeBytes, 95);
});

test("sent bytes never exceed the file", () => {
  const u = make();
  u.parts.list([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  u.parts.load(10, 50);
  assert.equal(u.sentBytes, 95);
});

test("the server's own count stands in for parts that are not known here, for what is shown and never for what is safe", () => {
  const u = make();
  u.become("counted", 50);
  assert.equal(u.confirmedBytes, 50);
  assert.equal(u.safeBytes, 0);
  u.parts.list([1]);
  assert.equal(u.safeBytes, 10);
});

test("a ready upload is whole and safe", () => {
  const u = make({ phase: "ready" });
  assert.equal(u.confirmedBytes, 95);
  assert.equal(u.safeBytes, 95);
  assert.equal(u.alive, false);
});

test("what the server holds whole is safe while it is being checked", () => {
  for (const state of ["verifying", "scanning"]) {
    const u = make({ phase: "finishing" });
    u.become("stated", { state, at: "", bytes: 0 });
    assert.equal(u.safeBytes, 95);
    assert.equal(u.confirmedBytes, 95);
  }
});

test("all confirmed needs a part size and every part", () => {
  const u = make({ partSize: 0 });
  assert.equal(u.allConfirmed, false);
  assert.equal(u.partCount, 0);
  u.version.recut(100);
  assert.equal(u.allConfirmed, false);
  u.confirm(1);
  assert.equal(u.allConfirmed, true);
});

test("confirming lets go of claim and progress; the digest stays, to know the file again", () => {
  const u = make();
  u.claimNext();
  u.parts.load(1, 10);
  u.version.cut.know(1, "h");
  u.confirm(1);
  assert.deepEqual([u.claimed.size, u.loaded.size, u.hashes.get(1), [...u.confirmed]], [0, 0, "h", [1]]);
});

test("a halt stops what is under way and starts from the front again; confirmed and hashes stay", () => {
  const u = make();
  claimAll(u, 5);
  u.confirm(1);
  u.version.cut.know(2, "h");
  u.parts.release(3);
  u.parts.load(2, 5);
  const { run } = u;
  const { signal } = u.abort;
  u.halt();
  assert.equal(u.run, run + 1);
  assert.equal(signal.aborted, true);
  assert.equal(u.abort.signal.aborted, false, "what comes next is not stopped");
  assert.deepEqual([u.claimed.size, u.loaded.size, u.parts.hasNext(0)], [0, 0, false]);
  assert.equal(u.hashes.get(2), "h");
  assert.deepEqual(claimAll(u), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("another state of the file starts from nothing, and what is under way stops", () => {
  const u = make();
  claimAll(u, 2);
  u.version.cut.know(1, "h");
  u.version.cut.stage(9, "h");
  const { run, version } = u;
  const file = new Blob(["y".repeat(95)]);
  u.renew("2", file);
  assert.deepEqual([u.source, u.snapshot, u.hashes.size, u.stagedParts.size, u.claimed.size, u.partSize], [file, null, 0, 0, 0, 10]);
  assert.ok(u.run > run);
  assert.notEqual(u.version.key, version.key);
});

test("a part of the server's list counts when it is known to hold the bytes of this version", () => {
  const u = make();
  assert.deepEqual([u.counts({ versions: [u.id] }), u.counts({ versions: ["", "b"] }), u.counts({ versions: ["b", u.id] })], [true, false, true]);
  u.renew("2");
  assert.deepEqual([u.counts({ versions: [u.id] }), u.counts({ versions: [`${u.id}.2`] })], [false, true]);
});

test("only in the epoch in which the person gave it, a version may replace what was signed before", () => {
  const u = make({ epoch: 3 });
  assert.deepEqual(u.voucher, { version: u.id, epoch: 3 });
  u.become("given", { lastModified: 1, replaces: 3 });
  assert.deepEqual(u.voucher, { version: u.id, epoch: 3, replace: true });
  u.move("reopened", 4);
  u.restart();
  assert.deepEqual(u.voucher, { version: u.id, epoch: 4 });
});

test("a new multipart upload has no confirmed parts", () => {
  const u = make({ epoch: 1 });
  u.confirm(1);
  u.become("counted", 40);
  u.move("reopened", 2);
  u.restart();
  assert.deepEqual([u.epoch, u.confirmed.size, u.confirmedBytes], [2, 0, 0]);
  assert.equal(u.claimNext(), 1);
});

test("alive until it ended, running until the person is asked", () => {
  for (const phase of ["new", "open", "paused", "finishing"]) assert.equal(make({ phase }).alive, true, phase);
  for (const phase of ["ready", "refused", "failed", "blocked", "cancelled", "expired"]) assert.equal(make({ phase }).alive, false, phase);
  const u = make();
  u.become("looked", true);
  assert.deepEqual([u.alive, u.running], [true, false]);
});

test("the same file has the same fingerprint, another folder, size or date another", () => {
  const base = { path: "", lastModified: 1 };
  const one = make(base).fingerprint;
  assert.equal(make({ ...base, id: "b", key: "z" }).fingerprint, one);
  for (const other of [{ size: 96 }, { lastModified: 2 }, { name: "b.txt" }, { path: "d/a.txt" }]) assert.notEqual(make({ ...base, ...other }).fingerprint, one);
});
