// Decides in which order uploads are gone through, and which of them somebody who looks for some has to look at: those that have changed, never all.

/** @typedef {import("../upload/upload.js").Upload} Upload */

/** Those of which something is so, in the order in which they came. @implements {Iterable<Upload>} */
class Among {
  /** @type {Set<Upload>} */
  #members = new Set();

  /** Of which it has to be looked at again. @type {Set<Upload>} */
  #touched = new Set();

  /** Of the last member. */
  #place = -1;

  #sorted = true;

  /** @param {(u: Upload) => boolean} holds told by what is known of the upload and of its parts alone @param {(u: Upload) => number} placeOf */
  constructor(holds, placeOf) {
    this.holds = holds;
    this.placeOf = placeOf;
  }

  /** @param {Upload} u */
  touch(u) {
    this.#touched.add(u);
  }

  /** @param {Upload} u */
  drop(u) {
    this.#touched.delete(u);
    this.#members.delete(u);
  }

  #look() {
    for (const u of this.#touched) {
      this.#touched.delete(u);
      if (!this.holds(u)) this.#members.delete(u);
      else if (!this.#members.has(u)) this.#insert(u);
    }
    if (this.#sorted) return;
    this.#members = new Set([...this.#members].sort((a, b) => this.placeOf(a) - this.placeOf(b)));
    this.#sorted = true;
  }

  /** @param {Upload} u */
  #insert(u) {
    const place = this.placeOf(u);
    if (!this.#members.size) this.#place = -1;
    this.#members.add(u);
    if (place < this.#place) this.#sorted = false;
    else this.#place = place;
  }

  /** How many there are. */
  get size() {
    this.#look();
    return this.#members.size;
  }

  /** What changes on the way is heeded. */
  *[Symbol.iterator]() {
    this.#look();
    for (const u of this.#members) {
      if (this.#touched.size) this.#look();
      if (this.#members.has(u)) yield u;
    }
  }
}

export class Uploads {
  /** @type {Map<string, Upload>} */
  #all = new Map();

  /** @type {WeakMap<Upload, number>} */
  #places = new WeakMap();

  #next = 0;

  /** @type {Among[]} */
  #amongs = [];

  /** By their name at the server. @type {Map<string, Set<Upload>>} */
  #named = new Map();

  /** Under which name one stands there. @type {Map<Upload, string>} */
  #names = new Map();

  /** @returns {ReadonlyMap<string, Upload>} */
  get all() {
    return this.#all;
  }

  /** @param {Upload} u */
  add(u) {
    const before = this.#all.get(u.id);
    if (before && before !== u) this.drop(before);
    this.#all.set(u.id, u);
    if (before !== u) this.#places.set(u, this.#next++);
    u.watch(() => this.#touch(u));
    this.#touch(u);
  }

  /** @param {Upload} u @returns {boolean} false: there is none, or another one of its id */
  drop(u) {
    if (this.#all.get(u.id) !== u) return false;
    this.#all.delete(u.id);
    for (const among of this.#amongs) among.drop(u);
    this.#rename(u, "");
    return true;
  }

  /** @param {Upload} u */
  #touch(u) {
    if (this.#all.get(u.id) !== u) return;
    for (const among of this.#amongs) among.touch(u);
    this.#rename(u, u.uploadId);
  }

  /** @param {Upload} u @param {string} name "" for none */
  #rename(u, name) {
    const before = this.#names.get(u) ?? "";
    if (before === name) return;
    const others = this.#named.get(before);
    others?.delete(u);
    if (others && !others.size) this.#named.delete(before);
    if (!name) return void this.#names.delete(u);
    this.#names.set(u, name);
    this.#named.set(name, (this.#named.get(name) ?? new Set()).add(u));
  }

  /** Those that the server knows by this name. @param {string} uploadId @returns {Upload[]} */
  named(uploadId) {
    return [...(this.#named.get(uploadId) ?? [])];
  }

  /** Those of which something is so, kept at hand from now on. @param {(u: Upload) => boolean} holds */
  among(holds) {
    const among = new Among(holds, (u) => this.#places.get(u) ?? 0);
    this.#amongs.push(among);
    for (const u of this.#all.values()) among.touch(u);
    return among;
  }
}
