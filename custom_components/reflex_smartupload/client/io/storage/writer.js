// One browser capability: the dedicated worker that writes part files, started by a page, since a SharedWorker cannot start one.

import { WriterGone } from "../../core/ports/errors.js";
import { TAB_LOCK, WRITER_LOCK } from "../browser/channel.js";
import { gone, holders } from "../browser/lock.js";

const PATIENCE = 8000; // ms for a page to start a writer
/** ms after which a write hangs: a disk that sleeps or is slow, and then some bytes each of them. */
const longest = (/** @type {number} */ bytes) => 30_000 + bytes / 1000;

/**
 * The engine's end.
 * @param {(message: any) => void} say
 */
export const createWriter = (say) => {
  /** @type {string} */
  let writer = "";
  let serial = 0;
  /** What is being written. @type {Map<number, {writer: string, settle: (message: any) => void}>} */
  const pending = new Map();
  /** @type {(() => void)[]} */
  let waiting = [];

  const found = async () => {
    if (writer) return;
    const tabs = await holders(TAB_LOCK);
    if (!tabs.length) throw new WriterGone("no page can start a writer");
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new DOMException("no writer", "NotSupportedError")), PATIENCE);
      waiting.push(() => (clearTimeout(timer), resolve(null)));
      say({ type: "start-writer", tab: tabs[0].slice(TAB_LOCK.length) });
    });
  };

  /** This one writes no more: what it had to write comes to its end. @param {string} id @param {unknown} error */
  const lose = (id, error) => {
    if (writer === id) writer = "";
    for (const one of [...pending.values()]) if (one.writer === id) one.settle({ error });
  };

  return {
    ready: () => typeof FileSystemFileHandle !== "undefined",
    /** @param {string} id @param {number} number @param {Blob} bytes @returns {Promise<string>} */
    write: async (id, number, bytes) => {
      await found();
      return new Promise((resolve, reject) => {
        serial += 1;
        const mine = serial;
        const by = writer;
        const timer = setTimeout(() => lose(by, new DOMException("the writer hangs", "TimeoutError")), longest(bytes.size));
        const settle = (/** @type {any} */ { error, sha256 }) => {
          clearTimeout(timer);
          pending.delete(mine);
          if (error) reject(error);
          else resolve(sha256);
        };
        pending.set(mine, { writer: by, settle });
        say({ type: "write", writer: by, serial: mine, id, number, bytes });
      });
    },
    /** @param {any} message */
    hear: (message) => {
      if (message.type === "writer") {
        const { id } = message;
        writer = id;
        waiting.forEach((go) => go());
        waiting = [];
        gone(WRITER_LOCK + id).then(() => lose(id, new WriterGone("the writer is gone")));
      } else if (message.type === "written") {
        const { error, text, sha256 } = message;
        pending.get(message.serial)?.settle(error ? { error: new DOMException(text, error) } : { sha256 });
      }
    },
  };
};
