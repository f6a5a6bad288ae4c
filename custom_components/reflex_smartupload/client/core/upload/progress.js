// Decides how fast bytes go out, by those of the last seconds, and how far an upload is seen to be.

const BUCKET = 500; // ms
const WINDOW = 10_000; // ms that count
const MIN_SPAN = 1000; // ms before a figure is shown at all

/** Bytes per second over the last seconds. */
export class RateMeter {
  constructor() {
    /** @type {{at: number, bytes: number}[]} */
    this.buckets = [];
    this.first = -1;
  }

  /**
   * @param {number} now ms
   * @param {number} bytes that went out since the last call; a repetition counts nothing
   */
  add(now, bytes) {
    if (bytes <= 0) return;
    if (this.first < 0) this.first = now;
    const at = Math.floor(now / BUCKET) * BUCKET;
    const last = this.buckets.at(-1);
    if (last && last.at === at) last.bytes += bytes;
    else this.buckets.push({ at, bytes });
    while (this.buckets.length && this.buckets[0].at < now - 2 * WINDOW) this.buckets.shift();
  }

  /**
   * @param {number} now ms
   * @param {number} [window] ms
   * @param {number} [least] ms after the first bytes, before which nothing can be said
   * @returns {number} bytes per second; 0 while nothing can be said
   */
  rate(now, window = WINDOW, least = MIN_SPAN) {
    if (this.first < 0) return 0;
    const span = Math.min(window, now - this.first);
    if (span < least) return 0;
    let bytes = 0;
    for (const bucket of this.buckets) if (bucket.at > now - window) bytes += bucket.bytes;
    return (bytes * 1000) / span;
  }

  /** Forget: after a pause or a gap the old speed says nothing. */
  reset() {
    this.buckets = [];
    this.first = -1;
  }
}

/** How far an upload was seen to be: that never falls, unless it begins anew. */
export class Reached {
  #bytes;

  #what;

  /** It began anew after something of it had been sent. */
  anew = false;

  /** @param {number} bytes @param {string} what of which they are */
  constructor(bytes, what) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** @param {number} bytes sent by now @param {string} what of which they are @returns {number} bytes to be shown */
  by(bytes, what) {
    if (what !== this.#what) {
      this.anew = this.#bytes > bytes;
      this.#bytes = 0;
      this.#what = what;
    }
    return (this.#bytes = Math.max(this.#bytes, bytes));
  }
}

/**
 * A whole per cent, 100 only when nothing is left.
 * @param {number} done bytes
 * @param {number} size bytes
 */
export const percentOf = (done, size) => (size <= 0 || done >= size ? 100 : Math.max(0, Math.floor((done * 100) / size)));
