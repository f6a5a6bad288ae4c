import assert from "node:assert/strict";
import test from "node:test";
import { TAB_LOCK } from "../../../../custom_components/reflex_smartupload/client/io/browser/channel.js";
import { backgroundFetches, createHandovers } from "../../../../custom_components/reflex_smartupload/client/io/network/handover.js";

const REGISTRATION = { id: "r.u1", title: "a.txt", bytes: 10, requests: [] };

/** An engine's end with a page that is able; what it is asked for, and the page's end. */
const page = async () => {
  /** @type {() => void} */
  const close = await new Promise((got) => navigator.locks.request(`${TAB_LOCK}a`, () => new Promise((release) => got(() => release(null)))));
  /** @type {any[]} */
  const said = [];
  const handovers = createHandovers((message) => said.push(message));
  handovers.hear({ type: "able", tab: "a" });
  /** Until so many things were asked for. @param {number} count */
  const asked = async (count) => {
    while (said.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { handovers, said, asked, close };
};

test("an answer that never comes is a failure after a while, more for more bytes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { handovers, asked, close } = await page();
  let ended = false;
  const giving = handovers.give({ ...REGISTRATION, bytes: 1e9 }).catch((error) => ((ended = true), error.name));
  await asked(1);
  t.mock.timers.tick(34_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ended, false);
  t.mock.timers.tick(2000);
  assert.equal(await giving, "TimeoutError");
  close();
});

test("a page that is closed answers nothing any more, and is not waited for", async () => {
  const { handovers, asked, close } = await page();
  const giving = assert.rejects(handovers.give(REGISTRATION), { name: "AbortError" });
  await asked(1);
  close();
  await giving;
  await assert.rejects(handovers.active(), { name: "AbortError" }, "no page is left");
});

test("a page that is not able says something else than no page at all", async () => {
  const close = await new Promise((got) => navigator.locks.request(`${TAB_LOCK}other`, () => new Promise((release) => got(() => release(null)))));
  const handovers = createHandovers(() => {});
  await assert.rejects(handovers.active(), { name: "NotSupportedError" });
  close();
  await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(handovers.active(), { name: "AbortError" });
  assert.equal(handovers.usable(), false);
});

test("answers reach who asked, refusals with their name", async () => {
  const { handovers, said, asked, close } = await page();
  const sent = handovers.sent("r.u1");
  await asked(1);
  handovers.hear({ serial: said[0].serial, value: 7 });
  assert.equal(await sent, 7);
  const giving = assert.rejects(handovers.give(REGISTRATION), { name: "NotAllowedError" });
  await asked(2);
  handovers.hear({ serial: said[1].serial, error: "NotAllowedError", text: "no" });
  await giving;
  close();
});

test("what was taken back before the browser said yes is ended when it does", async () => {
  /** @type {(registration: any) => void} */
  let yes = () => {};
  const aborted = { count: 0, abort: async () => void (aborted.count += 1) };
  const manager = { fetch: () => new Promise((resolve) => (yes = resolve)), get: async () => undefined, getIds: async () => [] };
  const can = backgroundFetches(/** @type {any} */ ({ backgroundFetch: manager }));
  const giving = can.give({ registration: REGISTRATION });
  await can.takeBack({ id: REGISTRATION.id });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(await can.active({}), [REGISTRATION.id], "an engine that begins now must know that it may still come");
  yes(aborted);
  await giving;
  assert.equal(aborted.count, 1);
  assert.deepEqual(await can.active({}), []);
});

test("what is being sent is not ended, unless it still stands where it was seen to stand", async () => {
  for (const [uploaded, result, stoodAt, count] of /** @type {const} */ ([[5, "", 0, 0], [0, "", 0, 1], [5, "failure", 0, 1], [5, "", 5, 1], [6, "", 5, 0]])) {
    const registration = { uploaded, result, count: 0, abort: async () => void (registration.count += 1) };
    const can = backgroundFetches(/** @type {any} */ ({ backgroundFetch: { get: async () => registration } }));
    const name = await can.takeBack({ id: REGISTRATION.id, stoodAt }).then(() => "", (error) => error.name);
    assert.deepEqual([registration.count, name], [count, count ? "" : "InvalidStateError"]);
  }
});
