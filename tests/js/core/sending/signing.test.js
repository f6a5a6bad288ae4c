import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { Signing } from "../../../../custom_components/reflex_smartupload/client/core/sending/signing.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { MemoryClock, settled } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

/** Nothing is signed yet. */
const NONE = { alone: false, several: false };

/** An engine whose sign calls wait for their answers, with room for one call more until `room` says otherwise. */
const bench = () => {
  const clock = new MemoryClock();
  /** @type {{item: any, answer: (value: any) => void, fail: (error: unknown) => void}[]} */
  const asked = [];
  /** @type {string[]} */
  const heard = [];
  const limits = { room: Infinity };
  const signs = {
    takes: (weight = 1) => weight <= limits.room,
    ask: (/** @type {any} */ item) => new Promise((answer, fail) => (limits.room -= item.parts.length, asked.push({ item, answer, fail }))),
  };
  const outcomes = {
    reopened: (/** @type {Upload} */ u, /** @type {number} */ epoch) => heard.push(`${u.id} reopened in ${epoch}`),
    refused: (/** @type {Upload} */ u, /** @type {ApiError} */ { code }) => heard.push(`${u.id} refused ${code}`),
  };
  const sender = {
    signed: (/** @type {any} */ { u, number, url, expiresAt }) => void heard.push(`${u.id} ${number} signed ${url} until ${expiresAt}`),
    confirmed: (/** @type {any} */ { u, number }) => void heard.push(`${u.id} ${number} confirmed`),
  };
  const engine = /** @type {any} */ ({ ports: { clock }, wake: () => {}, batches: { signs }, outcomes });
  return { clock, limits, asked, heard, signing: new Signing(engine, sender) };
};

/** @param {string} id @param {number} count of parts, ten bytes each */
const upload = (id, count) => {
  const u = new Upload({ id, key: id, name: id, size: 10 * count, partSize: 10, uploadId: `u-${id}`, epoch: 1 });
  return { u, parts: Array.from({ length: count }, () => ({ u, run: u.run, number: u.parts.claimNext(count, () => true), blob: new Blob(["0123456789"]), sha256: "sha", url: "", others: [], headers: {}, expiresAt: 0 })) };
};

/** @param {any} item */
const said = ({ id, parts }) => `${id} ${parts.map((/** @type {any} */ { number }) => number)}`;

test("what is there is asked for at once, an upload at a time fifty parts", () => {
  const b = bench();
  const [a, c] = [upload("a", 1), upload("c", 60)];
  b.signing.add(...a.parts, ...c.parts);
  b.signing.fill(NONE);
  assert.deepEqual(b.asked.map(({ item }) => said(item)), ["u-a 1", `u-c ${Array.from({ length: 50 }, (_, at) => at + 1)}`]);
  assert.deepEqual(b.asked[1].item.parts[0], { number: 1, sha256: "sha", size: 10 });
  assert.equal(b.signing.parts.length, 61, "all of it is in hand until it is signed");
  b.signing.fill(NONE);
  assert.equal(b.asked.length, 2, "the rest of it waits for the answer");
});

test("what does not go with the others waits", async () => {
  const b = bench();
  b.limits.room = 3;
  const [a, c, d] = [upload("a", 2), upload("c", 2), upload("d", 1)];
  b.signing.add(...a.parts, ...c.parts, ...d.parts);
  b.signing.fill(NONE);
  assert.deepEqual(b.asked.map(({ item }) => said(item)), ["u-a 1,2"], "in their order");
  b.limits.room = 100;
  b.signing.fill(NONE);
  assert.deepEqual(b.asked.slice(1).map(({ item }) => said(item)), ["u-c 1,2", "u-d 1"]);
});

test("while enough of a kind is signed, those of that kind gather; one of the other kind takes them along", () => {
  const b = bench();
  b.signing.add(...upload("a", 1).parts, ...upload("c", 1).parts);
  b.signing.fill({ alone: true, several: false });
  assert.deepEqual(b.asked, []);
  b.signing.add(...upload("large", 2).parts);
  b.signing.fill({ alone: true, several: true });
  assert.deepEqual(b.asked, [], "enough of both");
  b.signing.fill({ alone: true, several: false });
  assert.deepEqual(b.asked.map(({ item }) => said(item)), ["u-a 1", "u-c 1", "u-large 1,2"]);
});

test("each part is what its answer says: signed until nine tenths of its time, confirmed, or to be asked for again", async () => {
  const b = bench();
  const { u, parts } = upload("a", 3);
  b.signing.add(...parts);
  b.signing.fill(NONE);
  await b.clock.pass(1000);
  b.asked[0].answer({ epoch: 1, parts: [{ number: 3, confirmed: true }, { number: 1, url: "one", expires_in: 10 }] });
  await settled();
  assert.deepEqual(b.heard, ["a 1 signed one until 9000", "a 3 confirmed"], "from when it was asked for");
  assert.deepEqual([b.signing.parts, [...u.claimed]], [[], [1, 3]]);
});

test("another epoch, a refusal, and what came too late", async () => {
  const b = bench();
  const [a, c, d] = [upload("a", 1), upload("c", 1), upload("d", 1)];
  b.signing.add(...a.parts, ...c.parts, ...d.parts);
  b.signing.fill(NONE);
  d.u.halt();
  b.asked[0].answer({ epoch: 2, parts: [] });
  b.asked[1].fail(new ApiError(409, { code: "upload_paused" }));
  b.asked[2].answer({ epoch: 1, parts: [{ number: 1, url: "late" }] });
  await settled();
  assert.deepEqual(b.heard, ["a reopened in 2", "c refused upload_paused"]);
  assert.deepEqual(b.signing.parts, []);
});

test("when the line was away it is asked for once more; what is not wanted any more is not", async () => {
  const b = bench();
  const [a, c] = [upload("a", 1), upload("c", 1)];
  b.signing.add(...a.parts, ...c.parts);
  b.signing.fill(NONE);
  for (const { fail } of b.asked) fail(new NetworkError("cut"));
  await settled();
  b.signing.keep(({ u }) => u !== c.u);
  b.signing.fill(NONE);
  assert.deepEqual(b.asked.slice(2).map(({ item }) => said(item)), ["u-a 1"]);
});
