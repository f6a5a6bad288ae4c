// Files that other apps share with an installed one, with a browser made up around the very script that reaches the site.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SCRIPT = readFileSync(new URL("../../custom_components/reflex_smartupload/sw-share.js", import.meta.url), "utf8");
const SITE = "https://files.example";

/** A database that keeps what it is given, or refuses it. @param {unknown[]} kept @param {boolean} [isFull] */
const database = (kept, isFull = false) => ({
  open: () => {
    const change = /** @type {any} */ ({ error: new Error("no room"), objectStore: () => ({ add: (/** @type {unknown} */ row) => isFull || kept.push(row) }) });
    const asked = /** @type {any} */ ({ result: { close: () => {}, createObjectStore: () => {}, transaction: () => change } });
    queueMicrotask(() => {
      asked.onsuccess();
      queueMicrotask(() => (isFull ? change.onabort() : change.oncomplete()));
    });
    return asked;
  },
});

/** What the address of the page says then, and what was kept. @param {(File | string)[]} files @param {{referrer?: string, isFull?: boolean}} [how] */
const share = async (files, { referrer = "", isFull = false } = {}) => {
  /** @type {any[]} */
  const kept = [];
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const browser = {
    URL, console, crypto: { randomUUID: () => "batch-1" }, indexedDB: database(kept, isFull), location: { href: `${SITE}/sw-share.js`, origin: SITE },
    Response: { redirect: (/** @type {string} */ url, /** @type {number} */ status) => `${status} ${url}` },
    addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ listener) => (listeners[name] = listener),
  };
  vm.runInNewContext(SCRIPT, browser);
  let answer;
  const request = { method: "POST", url: `${SITE}/share-target`, referrer, formData: async () => ({ getAll: () => files }) };
  listeners.fetch({ request, respondWith: (/** @type {unknown} */ one) => (answer = one) });
  return { answer: await answer, kept: kept.map(({ batch, file }) => [batch, file.name]) };
};

test("what is shared is kept, and a page asked for then", async () => {
  assert.deepEqual(await share([new File(["x"], "a.txt"), new File(["y"], "b.txt")]), { answer: `303 ${SITE}/?shared=batch-1`, kept: [["batch-1", "a.txt"], ["batch-1", "b.txt"]] });
});

test("what cannot be taken is said, and not kept", async () => {
  assert.deepEqual(await share(["a text"]), { answer: `303 ${SITE}/?shared=none`, kept: [] });
  assert.deepEqual(await share([new File(["x"], "a.txt")], { isFull: true }), { answer: `303 ${SITE}/?shared=lost`, kept: [] });
  assert.deepEqual(await share([new File(["x"], "a.txt")], { referrer: "https://elsewhere.example/" }), { answer: `303 ${SITE}/?shared=foreign`, kept: [] });
});
