// One browser capability: the dedicated worker that writes part files, started by a page, since a SharedWorker cannot start one.

import { TAB_LOCK, WRITER_LOCK } from "./channel.js";
import { gone, holders } from "./lock.js";

const PATIENCE = 8000; // ms for a page to start a writer

/**
 * The engine's end.
 * @param {(message: any) => void} say
 */
export const createWriter = (say) => {
  /** @type {string} */
  let writer = "";
  let serial = 0;
  /** @type {Map<number, {resolve: (sha256: string) => void, reject: (error: unknown) => void}>} */
  const pending = new Map();
  /** @type {(() => void)[]} */
  let waiting = [];

  const found = async () => {
    if (writer) return;
    const tabs = await holders(TAB_LOCK);
    if (!tabs.length) throw new DOMException("no page can start a writer", "AbortError");
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new DOMException("no writer", "NotSupportedError")), PATIENCE);
      waiting.push(() => (clearTimeout(timer), resolve(null)));
      say({ type: "start-writer", tab: tabs[0].slice(TAB_LOCK.length) });
    });
  };

  return {
    ready: () => typeof FileSystemFileHandle !== "undefined",
    /** @param {string} id @param {number} number @param {Blob} bytes @returns {Promise<string>} */
    write: async (id, number, bytes) => {
      await found();
      return new Promise((resolve, reject) => {
        serial += 1;
        pending.set(serial, { resolve, reject });
        say({ type: "write", writer, serial, id, number, bytes });
      });
    },
    /** @param {any} message */
    hear: (message) => {
      if (message.type === "writer") {
        writer = message.id;
        waiting.forEach((go) => go());
        waiting = [];
        gone(WRITER_LOCK + writer).then(() => {
          writer = "";
          for (const { reject } of pending.values()) reject(new DOMException("the writer is gone", "AbortError"));
          pending.clear();
        });
      } else if (message.type === "written") {
        const { resolve, reject } = pending.get(message.serial) ?? {};
        pending.delete(message.serial);
        if (message.error) reject?.(new DOMException(message.text, message.error));
        else resolve?.(message.sha256);
      }
    },
  };
};
