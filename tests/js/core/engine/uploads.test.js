import assert from "node:assert/strict";
import test from "node:test";
import { Uploads } from "../../../../custom_components/reflex_smartupload/client/core/engine/uploads.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";

const some = (/** @type {string[]} */ ...ids) => {
  const uploads = new Uploads();
  const all = ids.map((id) => new Upload({ id, key: id, name: id, size: 10, partSize: 5 }));
  for (const u of all) uploads.add(u);
  return { uploads, all };
};

const ids = (/** @type {Iterable<Upload>} */ found) => [...found].map(({ id }) => id);

test("those of which something is so, as it is by then", () => {
  const { uploads, all: [a, b, c] } = some("a", "b", "c");
  const taken = uploads.among((u) => u.taken);
  assert.deepEqual(ids(taken), []);
  b.become("taken");
  assert.deepEqual([ids(taken), taken.size], [["b"], 1]);
  c.become("taken");
  a.become("taken");
  assert.deepEqual(ids(taken), ["a", "b", "c"], "in the order in which they came");
  const open = uploads.among((u) => u.phase === "open");
  b.move("opened");
  assert.deepEqual(ids(open), ["b"]);
  uploads.drop(b);
  b.become("noticed", "");
  assert.deepEqual([ids(taken), ids(open)], [["a", "c"], []]);
  uploads.add(b);
  assert.deepEqual([ids(taken), ids(open), [...uploads.all.keys()]], [["a", "c", "b"], ["b"], ["a", "c", "b"]]);
});

test("what becomes of their parts counts as well", () => {
  const { uploads, all: [a] } = some("a");
  const left = uploads.among((u) => u.parts.hasNext(u.partCount));
  const chosen = uploads.among((u) => u.claimed.size > 0);
  const whole = uploads.among((u) => u.allConfirmed);
  const is = () => [left.size, chosen.size, whole.size];
  assert.deepEqual(is(), [1, 0, 0]);
  const take = () => a.parts.claimNext(a.partCount, () => true);
  take();
  assert.deepEqual(is(), [1, 1, 0]);
  take();
  assert.deepEqual(is(), [0, 1, 0]);
  a.parts.release(1);
  assert.deepEqual(is(), [1, 1, 0]);
  a.parts.leave(() => false);
  assert.deepEqual(is(), [0, 1, 0]);
  a.confirm(1);
  a.parts.putAway(2);
  assert.deepEqual(is(), [0, 0, 0]);
  a.parts.rewind();
  assert.deepEqual(is(), [1, 0, 0]);
  a.parts.list([1, 2]);
  assert.deepEqual(is(), [1, 0, 1]);
  a.parts.miss(2);
  assert.deepEqual(is(), [1, 0, 0]);
  take();
  assert.deepEqual(is(), [0, 1, 0]);
  a.halt();
  assert.deepEqual(is(), [1, 0, 0]);
});

test("who goes through them sees what changes on the way", () => {
  const { uploads, all: [a, b, c, d] } = some("a", "b", "c", "d");
  const fresh = uploads.among((u) => !u.taken);
  const seen = [];
  for (const u of fresh) {
    seen.push(u.id);
    u.become("taken");
    if (u === a) b.become("taken");
    if (u === c) uploads.drop(d);
  }
  assert.deepEqual(seen, ["a", "c"]);
});

test("only those that have changed are looked at", () => {
  const { uploads, all } = some(...Array.from({ length: 1000 }, (_, at) => `u${at}`));
  let looks = 0;
  const taken = uploads.among((u) => {
    looks += 1;
    return u.taken;
  });
  assert.deepEqual([taken.size, looks], [0, 1000]);
  for (const u of all) {
    u.become("taken");
    assert.equal(taken[Symbol.iterator]().next().value, all[0]);
  }
  assert.deepEqual([taken.size, looks], [1000, 2000]);
});

test("an upload is found by its name at the server, whatever it was called before", () => {
  const { uploads, all: [a, b] } = some("a", "b");
  assert.deepEqual(uploads.named("u1"), []);
  a.become("named", "u1");
  b.become("named", "u2");
  assert.deepEqual([uploads.named("u1"), uploads.named("u2"), uploads.named("")], [[a], [b], []]);
  b.become("named", "u1");
  assert.deepEqual([uploads.named("u1"), uploads.named("u2")], [[a, b], []]);
  uploads.drop(a);
  a.become("named", "u3");
  assert.deepEqual([uploads.named("u1"), uploads.named("u3")], [[b], []]);
  uploads.add(a);
  assert.deepEqual(uploads.named("u3"), [a]);
});

test("another one under the same id takes the place of the first", () => {
  const { uploads, all: [a] } = some("a", "b");
  const known = uploads.among(() => true);
  const other = new Upload({ id: "a", key: "k", name: "other", size: 1 });
  uploads.add(other);
  a.become("named", "u1");
  assert.deepEqual([[...known].map(({ name }) => name), uploads.all.get("a") === other, uploads.named("u1")], [["b", "other"], true, []]);
});
