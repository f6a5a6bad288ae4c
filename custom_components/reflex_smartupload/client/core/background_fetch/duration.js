// Decides how long a handover is taken to last, so that the line has something to send meanwhile, and little that is waited for afterwards.

import { FEW } from "../staging/copy_rates.js";

/** Bytes/s with which parts are hashed. */
const HASHED = 300e6;
const SIGNED = 0.15; // seconds for a batch
/**
 * Of the time until the browser has its copy. What is kept for longer is waited for before it goes on by itself, and what goes out last takes its time:
 * rather the line rests a moment.
 */
const SHARE = 0.8;

/** @typedef {Pick<import("../upload/context.js").Context, "ports"> & {copyRates: import("../staging/copy_rates.js").CopyRates}} Needs of the engine */

export class Duration {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Seconds until the browser has it all. @param {{bytes: number, unhashed: number, batches: number}} left of `bytes`, `unhashed` have to be hashed; `batches` are signed */
  whole({ bytes, unhashed, batches }) {
    return unhashed / HASHED + batches * SIGNED + this.taking(bytes);
  }

  /** Of the last of it: until the browser, which copies all of it before it says yes, has so many bytes. @param {number} bytes */
  taking(bytes) {
    return (SHARE * bytes) / this.engine.copyRates.of("handover");
  }

  /** Learns from it how fast this browser is. @template T @param {number} bytes @param {() => Promise<T>} take */
  async measured(bytes, take) {
    const { clock } = this.engine.ports;
    const since = clock.now();
    const taken = await take();
    if (bytes > FEW) this.engine.copyRates.learn("handover", bytes, clock.now() - since);
    return taken;
  }
}
