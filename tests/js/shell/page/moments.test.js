import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/core/view/card.js").Card} Card */

/** What all tabs of a browser share. @type {Map<string, string>} */
const storage = new Map();
let visibility = "visible";
let keeps = true;
/** @type {Set<string>} */
const locks = new Set();

const realTimeout = setTimeout;
const fakes = {
  document: { get visibilityState() { return visibility; } },
  localStorage: {
    getItem: (/** @type {string} */ key) => storage.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      if (!keeps) throw new DOMException("no", "QuotaExceededError");
      storage.set(key, value);
    },
  },
  navigator: {
    locks: {
      request: async (/** @type {string} */ name, /** @type {object} */ _, /** @type {(lock: object | null) => unknown} */ work) => {
        const free = !locks.has(name);
        locks.add(name);
        await work(free ? {} : null);
        if (free) locks.delete(name);
      },
    },
  },
  // Locks are held for a minute, which no test waits for.
  setTimeout: (/** @type {() => void} */ run, /** @type {number} */ ms) => realTimeout(run, Math.min(ms, 50)).unref(),
};
for (const [name, value] of Object.entries(fakes)) Object.defineProperty(globalThis, name, { value, configurable: true });

/** A tab is a module of its own. */
const tab = async () => {
  /** @type {typeof import("../../../../custom_components/reflex_smartupload/client/shell/page/moments.js")} */
  const module = await import(`../../../../custom_components/reflex_smartupload/client/shell/page/moments.js?${Math.random()}`);
  return { ...module, ended: (/** @type {Card} */ card) => module.passOn(card.state, card) };
};

const card = (/** @type {Partial<Card>} */ more = {}) => /** @type {Card} */ ({ id: "c", upload_id: "u", name: "a.txt", path: "", size: 3, state: "ready", share_url: "/f/x", download_url: "/d", error: "", error_code: "", uploader: "avatars", percent: 100, ...more });

beforeEach(() => {
  storage.clear();
  locks.clear();
  visibility = "visible";
  keeps = true;
});

test("every handler of one tab hears of it once, with what it is about", async () => {
  const { ended, onMoment } = await tab();
  /** @type {any[]} */
  const heard = [];
  onMoment("ready", (one) => heard.push(one));
  onMoment("ready", (one) => heard.push(one));
  onMoment("failed", () => heard.push("wrong"));
  await ended(card());
  await ended(card());
  const wanted = { id: "u", name: "a.txt", path: "", size: 3, state: "ready", share_url: "/f/x", download_url: "/d", error: "", error_code: "", uploader: "avatars" };
  assert.deepEqual(heard, [wanted, wanted]);
});

test("of many tabs one passes it on, and only one that has a handler", async () => {
  const tabs = [await tab(), await tab(), await tab()];
  /** @type {number[]} */
  const heard = [];
  tabs.slice(1).forEach(({ onMoment }, at) => onMoment("ready", () => heard.push(at)));
  await Promise.all(tabs.map(({ ended }) => ended(card())));
  assert.equal(heard.length, 1);
});

test("a tab that nobody sees leaves it to the one that is looked at", async () => {
  const [unseen, seen] = [await tab(), await tab()];
  /** @type {string[]} */
  const heard = [];
  unseen.onMoment("ready", () => heard.push("unseen"));
  seen.onMoment("ready", () => heard.push("seen"));
  visibility = "hidden";
  const first = unseen.ended(card());
  visibility = "visible";
  await Promise.all([first, seen.ended(card())]);
  assert.deepEqual(heard, ["seen"]);
});

test("a tab that hears of it long after the others knows of it, too", async () => {
  const [first, late] = [await tab(), await tab()];
  let heard = 0;
  for (const { onMoment } of [first, late]) onMoment("ready", () => (heard += 1));
  await first.ended(card());
  locks.clear();
  await late.ended(card());
  assert.equal(heard, 1);
});

test("other ends and other uploads are others; a handler that has gone hears nothing", async () => {
  const { ended, onMoment } = await tab();
  /** @type {string[]} */
  const heard = [];
  const stop = onMoment("failed", ({ id, error }) => heard.push(`${id} ${error}`));
  await ended(card({ state: "failed", error: "lost" }));
  await ended(card({ state: "failed", error: "lost", upload_id: "v" }));
  await ended(card({ state: "blocked" }));
  stop();
  await ended(card({ state: "failed", upload_id: "w" }));
  assert.deepEqual(heard, ["u lost", "v lost"]);
});

test("a browser that keeps nothing, or nonsense, still passes it on", async () => {
  const { ended, onMoment } = await tab();
  let heard = 0;
  onMoment("ready", () => (heard += 1));
  keeps = false;
  await ended(card());
  keeps = true;
  storage.set("smartupload-told", "{");
  await ended(card({ upload_id: "v" }));
  storage.set("smartupload-told", '"x"');
  await ended(card({ upload_id: "w" }));
  assert.equal(heard, 3);
});

test("a file is added when the server knows it, and safe when all of it is; what another browser sends is none of this one's", async () => {
  const { momentsOf } = await tab();
  const unborn = card({ upload_id: "", state: "staging", percent_safe: 0 });
  const known = card({ state: "uploading", percent_safe: 40 });
  const safe = card({ state: "uploading", percent_safe: 100 });
  assert.deepEqual(momentsOf(undefined, unborn), []);
  assert.deepEqual(momentsOf(unborn, known), ["added"]);
  assert.deepEqual(momentsOf(known, known), []);
  assert.deepEqual(momentsOf(known, safe), ["safe"]);
  assert.deepEqual(momentsOf(unborn, safe), ["added", "safe"]);
  assert.deepEqual(momentsOf(safe, card({ percent_safe: 100 })), []);
  assert.deepEqual(momentsOf(undefined, { ...safe, id: "server-u" }), []);
});

test("each thing that happens to an upload is passed on once, whatever else has", async () => {
  const { passOn, onMoment } = await tab();
  /** @type {string[]} */
  const heard = [];
  for (const moment of ["added", "safe", "ready"]) onMoment(moment, ({ id }) => heard.push(`${moment} ${id}`));
  for (const moment of ["added", "safe", "ready", "added", "safe", "duplicate"]) await passOn(moment, card());
  assert.deepEqual(heard, ["added u", "safe u", "ready u"]);
});

test("it is cancelled once nobody can undo that any more", async () => {
  const { momentsOf } = await tab();
  const going = card({ state: "uploading" });
  const withdrawn = card({ state: "cancelled", can_undo: true });
  const over = card({ state: "cancelled", can_undo: false });
  assert.deepEqual([momentsOf(going, withdrawn), momentsOf(withdrawn, going), momentsOf(withdrawn, over), momentsOf(going, over), momentsOf(over, over), momentsOf(undefined, over)], [[], [], ["cancelled"], ["cancelled"], [], ["added"]]);
});
