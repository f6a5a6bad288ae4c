// Decides when a part on the line is taken to be stuck, and counts what goes out of it.

import { stallAfter } from "./schedule.js";

/** ms for a part to show that its connection has outlived the sleep of this computer. */
const OUTLIVED = 3000;

/** @typedef {import("../upload/upload.js").Upload} Upload */

/**
 * Ends a part that stands still, or whose upload is halted.
 * @param {{u: Upload, run: number, number: number, blob: Blob}} part
 * @param {Pick<import("../ports/ports.js").Ports, "clock" | "patience">} ports
 * @param {(bytes: number) => void} sent bytes that went out since the last word; what counts no longer is not told
 */
export const watch = ({ u, run, number, blob }, { clock, patience }, sent) => {
  const stuck = new AbortController();
  const stop = () => stuck.abort();
  u.abort.signal.addEventListener("abort", stop);
  let loaded = 0;
  const wait = () => clock.after(patience ?? stallAfter(loaded, blob.size), stop);
  let cancel = wait();
  return {
    signal: stuck.signal,
    /** @param {number} bytes */
    progress: (bytes) => {
      if (run !== u.run || bytes <= loaded) return;
      sent(bytes - loaded);
      loaded = bytes;
      u.parts.load(number, loaded);
      cancel();
      cancel = wait();
    },
    /** From now on it may take as long as a part does, or, where nothing is seen of it before it is through, as an answer does. */
    sees: (isSeen = true) => {
      cancel();
      cancel = isSeen ? wait() : clock.after(patience ?? stallAfter(blob.size, blob.size), stop);
    },
    /** It goes on soon, or its connection is dead. */
    doubt: () => {
      cancel();
      cancel = clock.after(OUTLIVED, stop);
    },
    stop: () => {
      cancel();
      u.abort.signal.removeEventListener("abort", stop);
    },
  };
};
