import assert from "node:assert/strict";
import test from "node:test";
import { NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { bench, LETTERS, pick } from "../bench.js";

const TICK = 250;

/**
 * An engine on a line that parts share, and that ends each request after a while. `put`: bytes of parts that went out; `most`: parts at a time.
 * @param {{alone: number, until: number}} how seconds that a part of 10 bytes takes alone; seconds after which a request is cut
 */
const onLine = async ({ alone, until }) => {
  const b = await bench();
  const { put } = b.ports;
  const line = { alone, until: until * 1000, put: 0, most: 0, isDown: false };
  /** @type {Set<{since: number, out: number, size: number, tell: (bytes: number) => void, end: (error?: Error) => void}>} */
  const flying = new Set();
  const tick = () => {
    const share = TICK / 1000 / line.alone * 10 / flying.size;
    for (const one of flying) {
      const before = Math.floor(one.out);
      one.out = Math.min(one.size, one.out + share);
      line.put += Math.floor(one.out) - before;
      one.tell(Math.floor(one.out));
      if (one.out >= one.size) one.end();
      else if (b.clock.now() - one.since >= line.until) one.end(new NetworkError("cut"));
    }
    if (flying.size) b.clock.after(TICK, tick);
  };
  b.ports.put = async (url, headers, body, options) => {
    if (line.isDown) throw new NetworkError("down");
    if (!body.size) return put(url, headers, body, options);
    await new Promise((resolve, reject) => {
      const one = { since: b.clock.now(), out: 0, size: body.size, tell: options.onProgress, end: (/** @type {Error | undefined} */ error) => (flying.delete(one), error ? reject(error) : resolve(null)) };
      options.signal.addEventListener("abort", () => one.end(new NetworkError("aborted")));
      if (!flying.size) b.clock.after(TICK, tick);
      flying.add(one);
      line.most = Math.max(line.most, flying.size);
    });
    return put(url, headers, body, options);
  };
  return Object.assign(b, { line });
};

/** What the card says, each thing once, for so many seconds. @param {Awaited<ReturnType<typeof onLine>>} b @param {number} seconds */
const said = async (b, seconds) => {
  const all = /** @type {string[]} */ ([]);
  for (let at = 0; at < seconds; at += 2) {
    await b.clock.pass(2000);
    const { state, detail } = b.card("a");
    const words = `${state}: ${detail}`;
    if (words !== all.at(-1) && state !== "verifying") all.push(words);
    if (state === "ready") break;
  }
  return all;
};

const LONG = LETTERS.repeat(2);
const CUT = "waiting: the line to the store is cut before a part is through; tried again from time to time";

for (const [alone, until, most] of [[8, 20, 2], [15, 20, 1], [19, 20, 1], [3, 8, 2], [20, 60, 2], [16, 60, 3]])
  test(`a part takes ${alone} s alone and requests are cut after ${until} s: after the first cut ${most} go at a time, and nobody is told anything`, async () => {
    const b = await onLine({ alone, until });
    await b.commands.add([pick("a", LONG)]);
    await b.clock.pass(until * 1000 + 5000);
    assert.equal(b.line.most, 4, "nobody knows before");
    b.line.most = 0;
    assert.deepEqual(await said(b, 3600), ["uploading: ", "ready: "]);
    assert.equal(b.line.most, most);
    assert.ok(b.line.put <= 1.3 * LONG.length, `${b.line.put} of ${LONG.length} bytes`);
    assert.equal(b.service.content("u1").toString(), LONG);
  });

test("where no part gets through alone either there is one sentence as long as that is so, and few bytes", async () => {
  const b = await onLine({ alone: 30, until: 20 });
  await b.commands.add([pick("a", LONG)]);
  assert.deepEqual(await said(b, 1800), ["uploading: ", CUT], "also while a part tries once more");
  assert.ok(b.line.put <= 0.3 * LONG.length, `${b.line.put} of ${LONG.length} bytes in half an hour`);
  b.line.until = Infinity;
  assert.deepEqual(await said(b, 3600), [CUT, "uploading: ", "ready: "], "it goes on by itself");
  assert.equal(b.service.content("u1").toString(), LONG);
});

test("a person who wants it tried sees it tried, and then the same sentence", async () => {
  const b = await onLine({ alone: 30, until: 20 });
  await b.commands.add([pick("a", LONG)]);
  await b.clock.pass(60_000);
  b.commands.retry("a");
  assert.deepEqual(await said(b, 600), ["uploading: ", CUT]);
});

test("what is known of a line says nothing once it is down", async () => {
  const b = await onLine({ alone: 30, until: 20 });
  await b.commands.add([pick("a", LONG)]);
  await b.clock.pass(60_000);
  b.line.isDown = b.service.away = true;
  const words = await said(b, 600);
  assert.equal(words[0], CUT);
  assert.match(words.at(-1) ?? "", /no connection|server is away/);
});
