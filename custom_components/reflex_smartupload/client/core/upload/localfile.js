// Decides where the bytes of a part are in this browser: in the staged copy, in the person's file, or nowhere.

import { piece } from "../ports/blobs.js";
import { partCount, partSpan } from "./part.js";

export class LocalFile {
  /** @param {import("./version.js").Version} version @param {number} size bytes */
  constructor(version, size) {
    this.size = size;
    /** What this browser has of the file as it is now. */
    this.version = version;
  }

  get source() {
    return this.version.source;
  }

  get snapshot() {
    return this.version.snapshot;
  }

  get partSize() {
    return this.version.cut.partSize;
  }

  get hashes() {
    return this.version.cut.hashes;
  }

  get stagedParts() {
    return this.version.cut.staged;
  }

  get partCount() {
    return this.partSize ? partCount(this.size, this.partSize) : 0;
  }

  /** All of it is in this browser, in one piece or in parts. */
  get isWhole() {
    return Boolean(this.snapshot || this.source) || (this.partCount > 0 && this.stagedParts.size === this.partCount);
  }

  /** The bytes of part `number`, from the steadiest place; null when this browser does not have them. @param {number} number */
  bytesOf(number) {
    const whole = this.snapshot ?? this.source;
    if (!whole) return null;
    const { start, end } = partSpan(number, this.size, this.partSize);
    return piece(whole, start, end);
  }

  /** @param {number} number */
  has(number) {
    return Boolean(this.snapshot || this.source) || this.stagedParts.has(number);
  }
}
