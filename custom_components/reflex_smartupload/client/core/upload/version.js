// Decides what this browser has of one state of the person's file, cut into parts of one size. Another state, or another part size,
// starts from nothing: what was begun with the one before is worth nothing once it is no longer the upload's.

/** One part size: the digests of its parts, and which of them are staged as part files. */
export class Cut {
  /** @type {Map<number, string>} */
  #hashes = new Map();

  /** @type {Set<number>} */
  #staged = new Set();

  /** How often in a row the store did not take a part as it was signed. @type {Map<number, number>} */
  #refusals = new Map();

  /** @param {number} partSize bytes, 0 while it is not known @param {string} key where its part files are */
  constructor(partSize, key) {
    this.partSize = partSize;
    this.key = key;
  }

  /** base64 SHA-256 by part. @returns {ReadonlyMap<number, string>} */
  get hashes() {
    return this.#hashes;
  }

  /** @returns {ReadonlySet<number>} */
  get staged() {
    return this.#staged;
  }

  /** @param {number} number @param {string} sha256 */
  know(number, sha256) {
    this.#hashes.set(number, sha256);
  }

  /** @param {number} number @param {string} sha256 */
  stage(number, sha256) {
    this.#staged.add(number);
    this.#hashes.set(number, sha256);
  }

  /** Its part file may go. @param {number} number @returns {boolean} whether there was one */
  free(number) {
    return this.#staged.delete(number);
  }

  /** Its part file is not there, or worth nothing. @param {number} number */
  lose(number) {
    this.#staged.delete(number);
    this.#hashes.delete(number);
  }

  /** These part files are there. @param {ReadonlyMap<number, string>} hashes of what is in them */
  find(hashes) {
    this.#hashes = new Map(hashes);
    this.#staged = new Set(hashes.keys());
  }

  /** The same part files, now that their size is known. @param {number} partSize */
  sized(partSize) {
    const cut = new Cut(partSize, this.key);
    cut.find(this.#hashes);
    return cut;
  }

  /** @param {number} number @returns {number} how often in a row by now */
  refusalsOf(number) {
    return this.#refusals.get(number) ?? 0;
  }

  /** The store did not take it as it was signed. @param {number} number */
  refuse(number) {
    this.#refusals.set(number, this.refusalsOf(number) + 1);
  }

  /** It took this one; without a number nothing counts of what was before. @param {number} [number] */
  forgive(number) {
    if (number === undefined) this.#refusals.clear();
    else this.#refusals.delete(number);
  }
}

export class Version {
  /** @type {Blob | null} */
  #source = null;

  /** @type {Blob | null} */
  #snapshot = null;

  #stagedKind;

  #cut;

  #composedOf;

  /**
   * @param {string} upload its id here @param {string} id "" only in what older versions of the app wrote down @param {number} partSize
   * @param {{token?: string, stagedKind?: string, cut?: Cut, composedOf?: Cut | null}} [found] as the journal knows it
   */
  constructor(upload, id, partSize, { token, stagedKind = "", cut, composedOf = null } = {}) {
    this.id = id;
    /** Where a copy of the whole is staged. */
    this.key = id ? `${upload}.${id}` : upload;
    /** What the server knows it by: parts that hold its bytes are those that it vouches for. */
    this.token = token ?? this.key;
    this.#stagedKind = stagedKind;
    this.#cut = cut ?? this.#cutInto(partSize);
    this.#composedOf = composedOf;
  }

  /** The person's File, readable as long as the engine lives. */
  get source() {
    return this.#source;
  }

  /** A staged copy of the whole. */
  get snapshot() {
    return this.#snapshot;
  }

  /** How it is staged, as the journal knows it: "" | "snapshot" | "opfs". */
  get stagedKind() {
    return this.#stagedKind;
  }

  get cut() {
    return this.#cut;
  }

  /** Part files of another size, which together are the whole copy. */
  get composedOf() {
    return this.#composedOf;
  }

  /** @param {number} partSize */
  #cutInto(partSize) {
    return new Cut(partSize, `${this.key}.${partSize}`);
  }

  /** @param {Blob | null} file null when it can no longer be read */
  give(file) {
    this.#source = file;
  }

  /** @param {Blob | null} whole null when there is none, or none that can be read */
  copied(whole) {
    this.#snapshot = whole;
  }

  /** @param {string} kind */
  stageAs(kind) {
    this.#stagedKind = kind;
  }

  /** Parts of another size, of which nothing is known. @param {number} partSize */
  recut(partSize) {
    this.#cut = this.#cutInto(partSize);
  }

  /** @param {Cut | null} old */
  compose(old) {
    this.#composedOf = old;
  }

  /** The part files that were found are of its own part size. @param {Cut} found */
  recognize(found) {
    this.#cut = found.sized(this.#cut.partSize);
    this.#composedOf = null;
  }

  /** The part files that the journal has to lead back to. */
  get partFiles() {
    return this.#composedOf ?? this.#cut;
  }

  /** Is what is staged under a key of this version, or being staged right now? @param {string} key */
  owns(key) {
    if (this.#source || this.#stagedKind === "snapshot") if (key === this.key) return true;
    if (this.#source || this.#stagedKind === "opfs") return key === this.#cut.key || key === this.#composedOf?.key;
    return false;
  }
}
