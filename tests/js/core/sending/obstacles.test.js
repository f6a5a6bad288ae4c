import assert from "node:assert/strict";
import test from "node:test";
import { NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { bench, LETTERS, pick } from "../bench.js";

const PAGE = "<!doctype html><h1>Not here</h1>";
const html = (/** @type {number} */ status) => ({ status, etag: "", checksum: "", body: PAGE });
const CUT = "cut";
const MUTE = "mute";

/** @typedef {{status: number, etag: string, checksum: string, body: string} | typeof CUT | typeof MUTE | null} Said null: it is let through */

/**
 * An engine behind something that lets through what `says` has nothing to say about. `whole`: bytes of parts that were put; `small`: requests without any.
 * @param {(number: number, size: number) => Said} says @param {{relay?: boolean, reach?: {answers: boolean, private: boolean}}} [more]
 */
const behind = async (says, { relay = false, reach } = {}) => {
  const b = await bench();
  const { put } = b.ports;
  const state = { says, whole: 0, small: 0, around: 0, most: 0, flying: 0, aroundFails: 0, reports: /** @type {any[]} */ ([]) };
  /** @type {any} */ (b.service.api).report = async (/** @type {any} */ met) => void state.reports.push(met);
  /** @type {any} */ (b.engine.ports.api).report = /** @type {any} */ (b.service.api).report;
  if (reach) /** @type {any} */ (b.engine.ports).reach = async () => reach;
  b.ports.put = async (url, headers, body, options) => {
    if (url.startsWith("around ")) {
      state.around += body.size;
      if (state.aroundFails) return { status: state.aroundFails, etag: "", checksum: "", body: "{}" };
      return put(url.slice(7), headers, body, options);
    }
    if (!body.size) state.small += 1;
    state.most = Math.max(state.most, (state.flying += body.size ? 1 : 0));
    try {
      const said = state.says(Number(url.split("/")[1]), body.size);
      state.whole += said === CUT ? Math.ceil(body.size / 2) : body.size;
      if (said === CUT) {
        options.onProgress(Math.ceil(body.size / 2));
        throw new NetworkError("cut");
      }
      if (said && said !== MUTE) return said;
      const answer = await put(url, headers, body, options);
      return said === MUTE && answer.status === 200 ? { ...answer, etag: "", checksum: "" } : answer;
    } finally {
      state.flying -= body.size ? 1 : 0;
    }
  };
  if (relay) {
    const { create, sign } = b.service.api;
    /** @param {import("../../../../custom_components/reflex_smartupload/client/core/ports/ports.js").Signed} signed */
    const open = (signed) => ({ ...signed, parts: signed.parts.map((part) => (part.url ? { ...part, relay: `around ${part.url}` } : part)) });
    b.service.api.sign = async (...args) => open(await sign(...args));
    b.service.api.create = async (...args) => {
      const { signed, ...upload } = await create(...args);
      return { ...upload, signed: signed ? open(signed) : null };
    };
  }
  return Object.assign(b, { line: state });
};

/** @typedef {Awaited<ReturnType<typeof behind>>} Behind */

/** @param {Behind} b */
const endsWell = (b) => {
  assert.equal(b.card("a").state, "ready", `${b.card("a").state} ${b.card("a").detail} ${b.logs().join("; ")}`);
  assert.equal(b.service.content("u1").toString(), LETTERS);
};

/** Within a minute it says what stands in the way, and however long that stands no bytes go round. @param {Behind} b @param {RegExp} words */
const saysSo = async (b, words) => {
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60_000);
  const { state, detail, can_try_again } = b.card("a");
  assert.deepEqual([state, can_try_again], ["waiting", true], detail);
  assert.match(detail, words);
  assert.ok(b.line.whole <= 1.3 * LETTERS.length, `${b.line.whole} of ${LETTERS.length} bytes`);
};

for (const [status, words] of /** @type {[number, RegExp][]} */ ([[403, /refuses the upload/], [407, /proxy of this network wants you to sign in/], [502, /answers that it is away/], [511, /sign in first/], [200, /sign in first/]]))
  test(`a proxy that answers ${status} is asked with small requests, and it goes on by itself when it lets through`, async () => {
    const b = await behind(() => html(status));
    await saysSo(b, words);
    const { whole, small } = b.line;
    await b.clock.pass(600_000);
    assert.equal(b.line.whole, whole, "no part goes out while small requests do not get through");
    assert.ok(b.line.small > small + 10 && b.line.small < small + 400, `${b.line.small - small} in ten minutes`);
    b.line.says = () => null;
    await b.clock.pass(60_000);
    endsWell(b);
  });

test("what a proxy takes for too large is not sent to it again, until somebody wants it", async () => {
  const b = await behind((number, size) => (number === 3 && size ? html(413) : null));
  await saysSo(b, /no upload of this size/);
  assert.equal(b.upload("a").confirmed.size, 10, "the other parts went on");
  assert.equal(b.line.whole, LETTERS.length, "each part once");
  b.line.says = () => null;
  b.commands.retry("a");
  await b.clock.pass(1000);
  endsWell(b);
});

test("it is tried from time to time without anybody, ever more seldom", async () => {
  const b = await behind((number, size) => (number === 3 && size ? html(413) : null));
  await saysSo(b, /no upload of this size/);
  const { whole } = b.line;
  await b.clock.pass(6 * 3_600_000);
  const times = (b.line.whole - whole) / 10;
  assert.ok(times >= 3 && times <= 12, `${times} times in six hours`);
  b.line.says = () => null;
  await b.clock.pass(3_700_000);
  endsWell(b);
});

test("an answer of a moment costs no minute", async () => {
  let times = 0;
  const b = await behind((number, size) => (number === 2 && size && (times += 1) === 1 ? html(502) : null));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  endsWell(b);
});

test("somebody answers whom the page may not read: that is told from a line that is down, and told to the server once", async () => {
  const b = await behind(() => CUT, { reach: { answers: true, private: false } });
  await saysSo(b, /keeps them apart/);
  assert.deepEqual(b.line.reports.map(({ reason, status }) => [reason, status]), [["way_closed", 0]]);
  b.line.says = () => null;
  await b.clock.pass(60_000);
  endsWell(b);
});

test("a browser that does not let the page into a private network is named as such", async () => {
  const b = await behind(() => CUT, { reach: { answers: false, private: true } });
  await saysSo(b, /private network: allow it/);
});

test("while the app does not answer either it is the line, and nobody is told anything", async () => {
  const b = await behind(() => CUT, { reach: { answers: true, private: true } });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5);
  b.service.away = true;
  await b.clock.pass(60_000);
  assert.deepEqual([b.card("a").state, b.card("a").can_try_again, b.line.reports.length], ["waiting", false, 0]);
  assert.match(b.card("a").detail, /no connection|server is away/);
});

test("where the store's answer cannot be read the server is asked, and nothing goes twice", async () => {
  const b = await behind((_, size) => (size ? MUTE : null));
  await b.commands.add([pick("a", LETTERS)]);
  const seen = new Set();
  for (let at = 0; at < 200; at += 1) {
    await b.clock.pass(10);
    seen.add(b.cards()[0]?.state);
  }
  endsWell(b);
  assert.equal(b.line.whole, LETTERS.length);
  assert.equal(seen.has("waiting"), false, "it never stood still");
});

test("whoever says yes and keeps nothing gets no part more than twice", async () => {
  const b = await behind((_, size) => (size ? { status: 200, etag: "", checksum: "", body: "" } : null));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60_000);
  assert.equal(b.card("a").state, "waiting");
  assert.ok(b.line.whole <= 2 * LETTERS.length, `${b.line.whole}`);
  b.line.says = () => null;
  b.commands.retry("a");
  await b.clock.pass(1000);
  endsWell(b);
});

test("a line that cuts every part gets few of them, and says so", async () => {
  const b = await behind((_, size) => (size ? CUT : null));
  await saysSo(b, /cut before a part is through/);
  const { whole } = b.line;
  await b.clock.pass(600_000);
  assert.ok(b.line.whole - whole <= LETTERS.length, `${b.line.whole - whole} bytes in ten minutes`);
  assert.deepEqual(b.line.reports.map(({ reason }) => reason), ["way_cut"]);
  b.line.says = () => null;
  b.commands.retry("a");
  await b.clock.pass(3000);
  endsWell(b);
});

test("a line that cuts when several parts share it carries them one at a time", async () => {
  const b = await behind((_, size) => (size && b.line.flying > 1 ? CUT : null));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60_000);
  b.commands.retry("a");
  await b.clock.pass(60_000);
  endsWell(b);
});

test("through the app, where the store cannot be reached, and directly again when it can", async () => {
  const b = await behind(() => html(403), { relay: true });
  b.service.held = null;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  endsWell(b);
  assert.ok(b.line.around >= LETTERS.length - 40, `${b.line.around}`);
  b.line.says = () => null;
  await b.clock.pass(60_000);
  const { around } = b.line;
  await b.commands.add([pick("b", LETTERS.toUpperCase())]);
  await b.clock.pass(5000);
  assert.equal(b.card("b").state, "ready");
  assert.ok(b.line.around - around < LETTERS.length, "the direct way is found again");
  assert.equal(b.engine.obstacles.isHindered, false);
});

test("what the browser sends by itself is promised only where it gets through", async () => {
  const b = await behind(() => html(403), { relay: true });
  assert.equal(b.engine.obstacles.isHindered, false);
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.equal(b.engine.obstacles.isHindered, true);
});

test("an app that does not take it is left alone, ever longer", async () => {
  const b = await behind(() => html(403), { relay: true });
  b.line.aroundFails = 503;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(600_000);
  assert.equal(b.card("a").state === "ready", false);
  assert.ok(b.line.around <= 8 * LETTERS.length, `${b.line.around} bytes in ten minutes`);
  b.line.aroundFails = 0;
  await b.clock.pass(400_000);
  endsWell(b);
});
