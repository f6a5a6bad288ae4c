// One browser capability: Background Fetch, begun by a page on the engine's behalf, since a SharedWorker cannot reach it.

import { asGiven, withQuestions } from "../../core/background_fetch/order.js";
import { nameOf } from "../../core/background_fetch/registration.js";
import { TAB_LOCK } from "../browser/channel.js";
import { gone, holders } from "../browser/lock.js";

/** ms for an answer; the browser copies all bytes before it says yes, some seconds a GiB. */
const answerWithin = (/** @type {number} */ bytes) => 15_000 + bytes / 50_000;

/**
 * The engine's end.
 * @param {(message: any) => void} say
 */
export const createHandovers = (say) => {
  /** Tabs whose browser has it. @type {Set<string>} */
  const able = new Set();
  /** What takes each answer. @type {Map<number, (message: any) => void>} */
  const pending = new Map();
  let serial = 0;

  /** A tab that lives and is able. */
  const tab = async () => {
    const alive = (await holders(TAB_LOCK)).map((name) => name.slice(TAB_LOCK.length));
    for (const one of able) if (!alive.includes(one)) able.delete(one);
    const [first] = able;
    if (!first && alive.length) throw new DOMException("no page is open that could do it", "NotSupportedError");
    if (!first) throw new DOMException("no page is open", "AbortError");
    return first;
  };

  /** @param {string} what @param {object} [more] @param {number} [bytes] @returns {Promise<any>} */
  const ask = async (what, more = {}, bytes = 0) => {
    const target = await tab();
    const answered = new AbortController();
    serial += 1;
    const number = serial;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle({ error: "TimeoutError", text: "the page does not answer" }), answerWithin(bytes));
      const settle = (/** @type {any} */ message) => {
        clearTimeout(timer);
        answered.abort();
        pending.delete(number);
        if (message.error) reject(new DOMException(message.text, message.error));
        else resolve(message.value);
      };
      pending.set(number, settle);
      gone(TAB_LOCK + target, answered.signal).then(() => settle({ error: "AbortError", text: "the page was closed" }), () => {});
      say({ type: "handover", tab: target, serial: number, what, ...more });
    });
  };

  /** @type {import("../../core/ports/ports.js").Handovers} */
  const port = {
    usable: () => able.size > 0,
    give: (registration) => ask("give", { registration }, registration.bytes),
    takeBack: (id, stoodAt) => ask("takeBack", { id, stoodAt }),
    active: () => ask("active"),
    sent: (id) => ask("sent", { id }),
  };
  return {
    ...port,
    /** @param {any} message */
    hear: (message) => {
      if (message.type === "able") able.add(message.tab);
      else pending.get(message.serial)?.(message);
    },
  };
};

/**
 * The engine's end where it lives in the service worker itself: what the browser sends can be watched and ended, but not begun.
 * @returns {import("../../core/ports/ports.js").Handovers}
 */
export const ownHandovers = () => {
  const manager = () => {
    const { backgroundFetch } = /** @type {any} */ (globalThis).registration;
    if (!backgroundFetch) throw new DOMException("this browser has no such thing", "NotSupportedError");
    return backgroundFetch;
  };
  return {
    usable: () => false,
    give: () => Promise.reject(new DOMException("no page is open that could do it", "AbortError")),
    takeBack: async (id, stoodAt = 0) => end(await manager().get(id), stoodAt),
    active: async () => manager().getIds(),
    sent: async (id) => sent(await manager().get(id)),
  };
};

/**
 * The page's end. Rejects with DOMException.
 * @param {ServiceWorkerRegistration} worker
 */
export const backgroundFetches = (worker) => {
  const manager = /** @type {any} */ (worker).backgroundFetch;
  /** Ended before the browser had said yes: nobody waits for it any more. @type {Set<string>} */
  const ended = new Set();
  /** The browser was asked and has not said yes: an engine that begins meanwhile must know. @type {Set<string>} */
  const asked = new Set();
  /** @type {Record<string, (message: any) => Promise<unknown>>} */
  const can = {
    give: async ({ registration: { id, title, requests, bytes, isHeld } }) => {
      asked.add(id);
      try {
        const parts = isHeld ? asGiven(withQuestions(requests)) : requests;
        const begun = await manager.fetch(id, await inSlices(parts, nameOf(id)), { title, downloadTotal: isHeld ? MOST : 0, uploadTotal: bytes });
        if (ended.has(id)) await begun.abort();
      } catch (error) {
        // A second one without anything that the person did in between is refused with a TypeError that only its text tells apart.
        if (error instanceof TypeError && /permission/.test(error.message)) throw new DOMException(error.message, "NotAllowedError");
        throw error;
      } finally {
        asked.delete(id);
      }
    },
    takeBack: async ({ id, stoodAt = 0 }) => {
      ended.add(id);
      await end(await manager.get(id), stoodAt);
    },
    active: async () => [...new Set([...asked, ...(await manager.getIds())])],
    sent: async ({ id }) => sent(await manager.get(id)),
  };
  return can;
};

/**
 * Chromium as a whole ends when a registration is ended of which something is on the line: it goes on sending that, and tells of its
 * progress something that is no more (seen in version 150; ControllerImpl::OnUploadProgress of its download service).
 * @param {any} registration @param {number} stoodAt bytes at which it was seen to stand still
 */
const end = async (registration, stoodAt) => {
  if (registration && (registration.uploaded ?? 0) !== stoodAt && !registration.result) throw new DOMException("it is being sent", "InvalidStateError");
  await registration?.abort();
};

/** @param {any} registration */
const sent = (registration) => ({ bytes: registration?.uploaded ?? 0, of: registration?.uploadTotal ?? 0 });

/** Bytes of answers after which a browser drops a registration. The server sends more where nothing of it is needed any more (smartupload/service/holds). */
const MOST = 16 * 2 ** 20;

const SLICE = 16;

/** @typedef {{url: string, fields: Record<string, string>, blob: Blob}} Form */
/** @typedef {import("../../core/background_fetch/order.js").Question} Question */

/** Built a few at a time, so that the page stays quick. @param {(Form | Question)[]} parts @param {string} name of the registration */
const inSlices = async (parts, name) => {
  const made = [];
  for (const part of parts) {
    if (made.length % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve));
    made.push("level" in part ? new Request(`/api/holds/${name}/${part.level}/${part.lane}`) : toRequest(part));
  }
  return made;
};

/** @param {Form} part a form, since a background PUT to another origin is refused */
const toRequest = ({ url, fields, blob }) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", blob);
  return new Request(url, { method: "POST", body });
};
