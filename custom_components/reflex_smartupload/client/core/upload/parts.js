// Decides which part is sent next, by what is known of each: confirmed, chosen, on the line.

export class Parts {
  /** @type {Set<number>} */
  #confirmed = new Set();

  /** @type {Set<number>} */
  #claimed = new Set();

  /** @type {Map<number, number>} */
  #loaded = new Map();

  /** What was given back. @type {number[]} */
  #again = [];

  /** Those from here on were not looked at yet. */
  #cursor = 1;

  #touched;

  /** @param {() => void} [touched] told whenever something is chosen, given back or confirmed */
  constructor(touched = () => {}) {
    this.#touched = touched;
  }

  /** @returns {ReadonlySet<number>} */
  get confirmed() {
    return this.#confirmed;
  }

  /** Between being chosen and being confirmed. @returns {ReadonlySet<number>} */
  get claimed() {
    return this.#claimed;
  }

  /** Bytes on the line, by part. @returns {ReadonlyMap<number, number>} */
  get loaded() {
    return this.#loaded;
  }

  get cursor() {
    return this.#cursor;
  }

  /** May one be left to choose? @param {number} count of all */
  hasNext(count) {
    return this.#again.length > 0 || this.#cursor <= count;
  }

  /** The next one, claimed for the caller; 0 when there is none now. @param {number} count of all @param {(number: number) => boolean} may */
  claimNext(count, may) {
    this.#touched();
    while (this.#again.length) {
      const number = /** @type {number} */ (this.#again.shift());
      if (this.#claim(number, may)) return number;
    }
    while (this.#cursor <= count) if (this.#claim(this.#cursor++, may)) return this.#cursor - 1;
    return 0;
  }

  /** @param {number} number @param {(number: number) => boolean} may */
  #claim(number, may) {
    if (this.#confirmed.has(number) || this.#claimed.has(number) || !may(number)) return false;
    this.#claimed.add(number);
    return true;
  }

  /** Give a claimed one back, to be sent again. @param {number} number */
  release(number) {
    this.#loaded.delete(number);
    if (this.#claimed.delete(number)) this.#again.push(number);
    this.#touched();
  }

  /** It is not this engine's to send any more. @param {number} number */
  putAway(number) {
    this.#claimed.delete(number);
    this.#touched();
  }

  /** So much of it is on the line. @param {number} number @param {number} bytes */
  load(number, bytes) {
    this.#loaded.set(number, bytes);
  }

  /** Nothing of it is on the line any more. @param {number} number */
  unload(number) {
    this.#loaded.delete(number);
  }

  /** @param {number} number */
  confirm(number) {
    this.#claimed.delete(number);
    this.#loaded.delete(number);
    this.#confirmed.add(number);
    this.#touched();
  }

  /** These are confirmed, and no others. @param {Iterable<number>} numbers */
  list(numbers) {
    this.#confirmed = new Set(numbers);
    this.#touched();
  }

  /** It is not in the store after all. @param {number} number */
  miss(number) {
    this.#confirmed.delete(number);
    this.#touched();
  }

  /** What is no longer this engine's to send is not given back to it. @param {(number: number) => boolean} mine */
  leave(mine) {
    this.#again = this.#again.filter(mine);
    this.#touched();
  }

  /** Those that were passed over may be here now. */
  rewind() {
    this.#cursor = 1;
    this.#touched();
  }

  /** None is under way any more; the confirmed ones stay so. */
  halt() {
    this.#claimed.clear();
    this.#loaded.clear();
    this.#again = [];
    this.#cursor = 1;
    this.#touched();
  }
}
