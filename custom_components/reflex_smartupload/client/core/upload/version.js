// Decides what this browser has of one state of the person's file, cut into parts of one size. Another state, or another part size,
// starts from nothing: what was begun with the one before is worth nothing once it is no longer the upload's.

/** One part size: the digests of its parts, and which of them are staged as part files. */
export class Cut {
  /** @param {number} partSize bytes, 0 while it is not known @param {string} key where its part files are */
  constructor(partSize, key) {
    this.partSize = partSize;
    this.key = key;
    /** base64 SHA-256 by part. @type {Map<number, string>} */
    this.hashes = new Map();
    /** @type {Set<number>} */
    this.staged = new Set();
    /** How often in a row the store did not take a part as it was signed. @type {Map<number, number>} */
    this.refusals = new Map();
  }
}

export class Version {
  /** @param {string} upload its id here @param {string} id "" for the file that was picked first @param {number} partSize */
  constructor(upload, id, partSize) {
    this.id = id;
    /** Where a copy of the whole is staged. */
    this.key = id ? `${upload}.${id}` : upload;
    /** What the server knows it by: parts that hold its bytes are those that it vouches for. */
    this.token = this.key;
    /** The person's File, readable as long as the engine lives. @type {Blob | null} */
    this.source = null;
    /** A staged copy of the whole. @type {Blob | null} */
    this.snapshot = null;
    /** How it is staged, as the journal knows it: "" | "snapshot" | "opfs". */
    this.stagedKind = "";
    this.cut = this.cutInto(partSize);
    /** Part files of another size, which together are the whole copy. @type {Cut | null} */
    this.composedOf = null;
  }

  /** @param {number} partSize */
  cutInto(partSize) {
    return new Cut(partSize, `${this.key}.${partSize}`);
  }

  /** The part files that the journal has to lead back to. */
  get partFiles() {
    return this.composedOf ?? this.cut;
  }

  /** Is what is staged under a key of this version, or being staged right now? @param {string} key */
  owns(key) {
    if (this.source || this.stagedKind === "snapshot") if (key === this.key) return true;
    if (this.source || this.stagedKind === "opfs") return key === this.cut.key || key === this.composedOf?.key;
    return false;
  }
}
