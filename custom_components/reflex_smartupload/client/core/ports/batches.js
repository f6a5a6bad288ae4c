// Decides which calls to the server go out as one: what is asked for in the same moment, and what came meanwhile with the next one.

import { ApiError, isAway, isTooMuch } from "./errors.js";
import { patient } from "./retry.js";

/** ms before what was too much is tried again, if the server does not say. */
const SHORTEST = 1000;

/** What one call may be about. */
export const MOST_ITEMS = 100;

/** Items of a call from which on they come in a crowd, and how much longer the next one gathers then: a call costs the server more than an item. */
const CROWD = 10;
const LONGER = 3;

/** Calls that go out at the same time, of whichever kind. */
export class Lanes {
  #busy = 0;

  /** @param {number} most @param {{allows: () => boolean}} calls */
  constructor(most, calls) {
    this.most = most;
    this.calls = calls;
  }

  /** May one more go out? */
  get free() {
    return this.#busy < this.most && this.calls.allows();
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  async take(work) {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }
}

/** @typedef {{calls: {make: <T>(call: () => Promise<T>, waits?: (error: unknown) => boolean) => Promise<T>}, clock: import("./ports.js").Clock, wake: () => void}} Needs of the engine */
/** @template I, A @typedef {{item: I, resolve: (answer: A) => void, reject: (error: unknown) => void}} Asked */
/**
 * @template I, A
 * @typedef {object} Kind
 * @property {(item: I) => Promise<A>} one the call about one
 * @property {(items: I[]) => Promise<import("./ports.js").Results>} many about several
 * @property {string} member of a result that is the answer
 * @property {(item: I) => number} weight of an item
 * @property {number} heaviest that all items of a call may weigh together
 * @property {number} calls of this kind at the same time
 * @property {number} [pace] ms between two of them, so that what comes one by one goes together; the first one goes at once
 */

/**
 * Calls of one kind. Whoever asks hears the answer for its own item, or what the call about it alone would have thrown.
 * @template I, A
 */
export class Batches {
  #underWay = 0;

  /** What the call that goes out at the end of this moment is about. @type {Asked<I, A>[] | null} */
  #gathered = null;

  #gatheredWeight = 0;

  /** Items of one call: fewer after one that nobody answered, so that what brings it down does not take the others with it for ever. */
  #most = MOST_ITEMS;

  #begunAt = -Infinity;

  /** What the call before was about. @type {Asked<I, A>[]} */
  #before = [];

  #heldUntil = -Infinity;

  /** Why the server takes no more of them for now, as a code; "" when it does. */
  held = "";

  #looksAgain = false;

  /** @param {Needs} needs @param {Lanes} lanes @param {Kind<I, A>} kind */
  constructor(needs, lanes, kind) {
    this.needs = needs;
    this.lanes = lanes;
    this.kind = kind;
  }

  /** Would one more go out now? @param {number} [weight] */
  takes(weight = 1) {
    return this.#fits(weight) || (this.#underWay < this.kind.calls && this.lanes.free && this.#isTime());
  }

  /** Whoever asks too soon is woken when it is time. */
  #isTime() {
    const { clock, wake } = this.needs;
    const pace = (this.kind.pace ?? 0) * (this.#before.length >= CROWD ? LONGER : 1);
    const left = Math.max(this.#begunAt + pace, this.#heldUntil) - clock.now();
    if (left <= 0) return true;
    if (this.#looksAgain) return false;
    this.#looksAgain = true;
    clock.after(left, () => {
      this.#looksAgain = false;
      wake();
    });
    return false;
  }

  /** @param {number} weight */
  #fits(weight) {
    return this.#gathered !== null && this.#gathered.length < this.#most && this.#gatheredWeight + weight <= this.kind.heaviest;
  }

  /** @param {I} item @returns {Promise<A>} */
  ask(item) {
    const weight = this.kind.weight(item);
    return new Promise((resolve, reject) => {
      const gathered = this.#gathered && this.#fits(weight) ? this.#gathered : this.#begin();
      gathered.push({ item, resolve, reject });
      this.#gatheredWeight += weight;
    });
  }

  /** A call that is under way from now on, so that nothing else takes its place, and goes out when this moment is over. */
  #begin() {
    /** @type {Asked<I, A>[]} */
    const asked = [];
    this.#gathered = asked;
    this.#before = asked;
    this.#gatheredWeight = 0;
    this.#begunAt = this.needs.clock.now();
    this.#go(asked);
    return asked;
  }

  /** @param {Asked<I, A>[]} asked */
  async #go(asked) {
    /** Told when the call is no longer under way: who hears it asks for more. @type {(() => void)[]} */
    const heard = [];
    this.#underWay += 1;
    try {
      await this.lanes.take(() => this.needs.calls.make(() => this.#send(asked, heard), isTooMuch));
      this.held = "";
      this.#most = Math.min(MOST_ITEMS, 2 * this.#most);
    } catch (error) {
      if (error instanceof ApiError) {
        this.#most = Math.max(1, asked.length >> 1);
        if (isTooMuch(error)) this.#hold(error);
      }
      heard.push(...asked.map(({ reject }) => () => reject(error))); // those that have their answer keep it
    }
    this.#underWay -= 1;
    for (const tell of heard) tell();
  }

  /** @param {ApiError} error */
  #hold({ code, retryAfter }) {
    this.held = code;
    this.#heldUntil = this.needs.clock.now() + patient(Math.max(retryAfter * 1000, SHORTEST));
  }

  /** What cannot be answered now is thrown: it says of the line what the call about one would say. @param {Asked<I, A>[]} asked @param {(() => void)[]} heard */
  async #send(asked, heard) {
    await null;
    if (this.#gathered === asked) this.#gathered = null;
    if (asked.length === 1) return this.#sendOne(asked[0], heard);
    let answer;
    try {
      answer = await this.kind.many(asked.map(({ item }) => item));
    } catch (error) {
      if (isAway(error)) throw error;
      return this.#sendEach(asked, heard);
    }
    const results = Array.isArray(answer?.results) ? answer.results : [];
    const errors = asked.map(({ resolve, reject }, at) => {
      const error = errorOf(results[at], this.kind.member);
      heard.push(() => (error ? reject(error) : resolve(/** @type {A} */ (results[at]?.[this.kind.member]))));
      return error;
    });
    const away = errors.find(isAway);
    if (away) throw away;
  }

  /** @param {Asked<I, A>} asked @param {(() => void)[]} heard */
  async #sendOne({ item, resolve }, heard) {
    const answer = await this.kind.one(item);
    heard.push(() => resolve(answer));
  }

  /** Refused as a whole, which says nothing of each: so that one that is not taken does not take the others with it. @param {Asked<I, A>[]} asked @param {(() => void)[]} heard */
  async #sendEach(asked, heard) {
    for (const one of asked) {
      try {
        await this.#sendOne(one, heard);
      } catch (error) {
        if (isAway(error)) throw error;
        heard.push(() => one.reject(error));
      }
    }
  }
}

/** An answer that is not ours is an ApiError without a code. @param {any} result @param {string} member */
const errorOf = (result, member) => {
  if (isObject(result?.[member])) return null;
  const { problem } = result ?? {};
  return isObject(problem) && Number.isInteger(problem.status) ? new ApiError(problem.status, problem, Number(problem.retry_after) || 0) : new ApiError(200, {});
};

/** @param {any} value */
const isObject = (value) => typeof value === "object" && value !== null;

const HEAVIEST_CREATE = 900_000; // bytes: the server takes a body of a MiB
const HEAVIEST_SIGN = 100; // parts
const CALLS = 2; // of a kind
const PACE = 100; // ms; files arrive one by one

/** @typedef {import("./ports.js").NewFile & {key: string}} ToCreate */
/** @typedef {import("./ports.js").ServerUpload} ServerUpload */

/** How much of a body a file is at most: a letter is up to six bytes there. @param {ToCreate} file */
const bytesOf = ({ name, type, head = "" }) => 6 * (name.length + type.length) + head.length + 800;

/** As the call about one answers. @param {import("./ports.js").Results} answer @returns {import("./ports.js").Results} */
const begun = (answer) => ({
  results: (Array.isArray(answer?.results) ? answer.results : []).map((result) => (result?.signed && isObject(result.upload) ? { upload: { .../** @type {object} */ (result.upload), signed: result.signed } } : result)),
});

/** @typedef {{id: string, parts: number}} ToComplete */

/** What the store has to do before the server can answer: making one object of many parts may take seconds. @param {{parts: number}} upload */
export const makingOf = ({ parts }) => (parts > 1 ? MOST_ITEMS / 4 : 1);

/**
 * The calls that are made for every file, and may be about many.
 * @param {import("./ports.js").Api} api @param {Needs} needs @param {Lanes} whole for calls about whole uploads @param {Lanes} signing
 */
export const together = (api, needs, whole, signing) => {
  /** @type {Kind<ToCreate, ServerUpload>} */
  const create = { one: ({ key, ...file }) => api.create(file, key), many: async (files) => begun(await api.createMany(files)), member: "upload", weight: bytesOf, heaviest: HEAVIEST_CREATE, calls: CALLS, pace: PACE };
  /** @type {Kind<import("./ports.js").ToSign, import("./ports.js").Signed>} */
  const sign = { one: ({ id, parts, ...voucher }) => api.sign(id, parts, voucher), many: (uploads) => api.signMany(uploads), member: "signed", weight: ({ parts }) => parts.length, heaviest: HEAVIEST_SIGN, calls: CALLS };
  /** @type {Kind<ToComplete, ServerUpload>} */
  const complete = { one: ({ id }) => api.complete(id), many: (items) => api.completeMany(items.map(({ id }) => id)), member: "upload", weight: makingOf, heaviest: MOST_ITEMS, calls: CALLS, pace: PACE };
  /** @type {Kind<{id: string}, unknown>} */
  const cancel = { one: ({ id }) => api.cancel(id), many: (items) => api.cancelMany(items.map(({ id }) => id)), member: "upload", weight: () => 1, heaviest: MOST_ITEMS, calls: CALLS };
  return { cancels: new Batches(needs, whole, cancel), creates: new Batches(needs, whole, create), signs: new Batches(needs, signing, sign), completes: new Batches(needs, whole, complete) };
};

/** @typedef {ReturnType<typeof together>} Together */
