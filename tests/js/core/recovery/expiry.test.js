import assert from "node:assert/strict";
import test from "node:test";
import { expire } from "../../../../custom_components/reflex_smartupload/client/core/recovery/expiry.js";
import { bench, LETTERS, MemoryService, pick } from "../bench.js";

const DAYS = 86_400_000;

/** A file half sent, last touched so many days ago. @param {number} days @param {(b: import("../bench.js").Bench) => void} [before] */
const left = async (days, before = () => {}) => {
  const service = new MemoryService();
  const b = await bench({ service });
  service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  before(b);
  await b.clock.pass(500);
  b.kill();
  service.held = null;
  const entry = b.disk.entries.get("a");
  b.disk.entries.set("a", { ...entry, addedAt: entry.addedAt - days * DAYS, touchedAt: entry.touchedAt - days * DAYS });
  return b;
};

const kept = (/** @type {import("../bench.js").Bench} */ b) => [b.disk.entries.size, b.disk.files.size];

test("what another owner left goes by its age, unseen", async () => {
  for (const [days, entries] of [[6, 1], [8, 0]]) {
    const b = await left(days);
    b.service.owner = "berta";
    b.service.uploads.get("u1").key = "lost"; // so that nobody can adopt it
    const other = await b.restart();
    await other.clock.pass(5000);
    assert.deepEqual(kept(other), [entries, entries], `${days} days`);
    assert.deepEqual(other.cards(), []);
  }
});

test("one's own is asked for first: old but alive at the server, it simply goes on", async () => {
  const b = await left(30);
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.equal(again.card("a").state, "ready");
});

test("one's own, old and expired or gone at the server: the bytes go, the card stays and says it", async () => {
  for (const [end, state, code] of [["expired", "expired", "expired"], ["gone", "failed", "upload_not_found"]]) {
    const b = await left(30);
    if (end === "gone") b.service.uploads.delete("u1");
    else b.service.uploads.get("u1").state = end;
    const again = await b.restart();
    await again.clock.pass(5000);
    assert.deepEqual([again.card("a").state, again.card("a").error_code], [state, code]);
    assert.deepEqual(kept(again), [1, 0]);
  }
});

test("one's own, gone at the server but not old: kept for Retry", async () => {
  const b = await left(1);
  b.service.uploads.delete("u1");
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.equal(again.card("a").state, "failed");
  assert.deepEqual(kept(again), [1, 1]);
});

test("the server is away: nothing expires by a guess", async () => {
  const b = await left(30);
  b.service.away = true;
  const again = await b.restart();
  await again.clock.pass(60_000);
  assert.deepEqual(kept(again), [1, 1]);
});

test("paused before it was created, and forgotten: the card asks for the file", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.commands.pause("a");
  await b.clock.pass(500);
  b.kill();
  service.away = false;
  const entry = b.disk.entries.get("a");
  b.disk.entries.set("a", { ...entry, owner: "tag of anna", touchedAt: entry.touchedAt - 8 * DAYS });
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.deepEqual([again.card("a").state, again.card("a").needs_file], ["paused", true]);
  assert.equal(again.disk.files.size, 0);
});

test("a file that is given while the old bytes are thrown away is not asked for once more", async () => {
  const b = await left(0);
  b.service.away = true;
  const again = await b.restart();
  await again.clock.pass(500);
  const u = again.upload("a");
  u.become("named", "");
  u.become("touched", 0);
  Object.assign(again.engine.settings, { abandon_after_days: 7 });
  const { remove } = again.disk.snapshots;
  again.disk.snapshots.remove = async (id) => {
    await new Promise((resolve) => again.clock.after(100, () => resolve(null)));
    return remove(id);
  };
  const expired = expire(again.engine, again.engine.owners);
  await again.clock.pass(0);
  assert.equal(u.needsFile, true);
  const given = again.commands.give("a", pick("a", LETTERS).file);
  await again.clock.pass(1000);
  await Promise.all([expired, given]);
  assert.equal(u.needsFile, false);
});
