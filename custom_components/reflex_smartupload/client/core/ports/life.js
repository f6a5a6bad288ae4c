// Decides what an engine may still do once its life is over: nothing, not even hear the answers to what it had asked.

import { elapsed } from "./clock.js";

/** Capabilities that leave traces on the disk: whoever takes over finds what was begun there finished. */
const DISK = new Set(["journal", "snapshots", "partFiles"]);
/** What answers at once and changes nothing. */
const HARMLESS = new Set(["now", "wall", "usable", "online", "lineRate"]);

/**
 * The same ports, and the end of them: after it no port is reached any more, so that a second engine may begin.
 * @param {import("./ports.js").Ports} ports
 * @returns {{ports: import("./ports.js").Ports, rest: () => Promise<void>, end: () => Promise<void>}} `rest` comes back when nothing more is
 *   written, `end` when what was begun is
 */
export const mortal = (ports) => {
  let over = false;
  /** @type {Promise<never>} */
  const never = new Promise(() => {});
  /** @type {Set<Promise<unknown>>} */
  const writing = new Set();

  /** @param {(...args: any[]) => Promise<unknown>} call @param {boolean} onDisk */
  const guard = (call, onDisk) => async (/** @type {any[]} */ ...args) => {
    if (over) return never;
    const pending = call(...args);
    if (onDisk) writing.add(pending);
    try {
      const answer = await pending;
      return over ? never : answer;
    } catch (error) {
      if (over) return never;
      throw error;
    } finally {
      writing.delete(pending);
    }
  };

  /** @param {string} name @param {any} port */
  const guarded = (name, port) => Object.fromEntries(Object.entries(port).map(([key, call]) => [key, HARMLESS.has(key) ? call : guard(call, DISK.has(name))]));

  const groups = ["api", "journal", "snapshots", "partFiles", "handovers", "quota"].map((name) => [name, guarded(name, /** @type {any} */ (ports)[name])]);
  return {
    ports: {
      ...ports,
      ...Object.fromEntries(groups),
      clock: { ...ports.clock, after: (ms, run) => ports.clock.after(ms, () => over || run()) },
      put: guard(ports.put, false),
      postForm: guard(ports.postForm, false),
      ...(ports.reach && { reach: guard(ports.reach, false) }),
      hash: guard(ports.hash, false),
      publish: (change) => over || ports.publish(change),
      emit: (event) => over || ports.emit(event),
    },
    rest: async () => {
      do {
        await Promise.allSettled(writing);
        await elapsed(ports.clock, 0); // one write may follow from another
      } while (writing.size);
    },
    end: async () => {
      over = true;
      await Promise.allSettled(writing);
    },
  };
};
