// Decides everything that is left to chance in a run: one seed, and from it a stream of its own for each purpose, so that one more draw
// in one place does not change what happens everywhere else.

/** FNV-1a over the characters of a text. @param {number} hash @param {string} text */
export const fold = (hash, text) => {
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return hash >>> 0;
};

export class Dice {
  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed | 0;
    this.state = this.seed;
  }

  /** @param {string} purpose */
  of(purpose) {
    return new Dice(fold(this.seed ^ 0x811c9dc5, purpose));
  }

  /** 0 ≤ x < 1 (mulberry32). */
  next = () => {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };

  /** A whole number from 0 up to, not including, `n`. @param {number} n */
  below(n) {
    return Math.floor(this.next() * n);
  }

  /** @param {number} share */
  chance(share) {
    return share > 0 && this.next() < share;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[this.below(list.length)];
  }

  /** @param {number} size */
  letters(size) {
    let text = "";
    for (let i = 0; i < size; i += 1) text += String.fromCharCode(97 + this.below(26));
    return text;
  }
}
