// Decides what the engine knows of one upload.

import { versionOf } from "./entry.js";
import { LocalFile } from "./localfile.js";
import { bytesIn } from "./part.js";
import { RateMeter } from "./progress.js";
import { nextPhase, phaseFrom } from "./transitions.js";
import { Version } from "./version.js";

/** Phases in which bytes are still to be sent. */
const RUNNING = new Set(["new", "open", "paused", "finishing"]);

export class Upload extends LocalFile {
  /** @type {import("./transitions.js").Phase} */
  #phase;

  /** @param {{id: string, key: string, name: string, size: number} & Partial<import("../ports/ports.js").JournalEntry>} entry */
  constructor(entry) {
    super(versionOf(entry), entry.size);
    this.id = entry.id;
    this.key = entry.key;
    this.name = entry.name;
    this.path = entry.path ?? "";
    this.type = entry.type ?? "";
    this.lastModified = entry.lastModified ?? 0;
    this.addedAt = entry.addedAt ?? 0;
    /** When something was last done with it here; ms since 1970. */
    this.touchedAt = entry.touchedAt ?? this.addedAt;
    /** The tag of the owner under whom it was added, "" while unknown. */
    this.owner = entry.owner ?? "";
    /** It belongs to somebody else than who is here. */
    this.hidden = false;
    this.finishedAt = 0;
    this.#phase = phaseFrom(entry.phase ?? "new", Boolean(entry.uploadId));
    this.serverState = "";
    /** How new the server's last word on it is, as a stamp of change_feed.js. */
    this.heardAt = "";
    this.uploadId = entry.uploadId ?? "";
    this.epoch = entry.epoch ?? 0;
    this.shareUrl = entry.shareUrl ?? "";
    /** The registration in which the browser itself sends what is left, "" while the engine does. */
    this.handedTo = entry.handedTo ?? "";
    /** The registration that the browser is being asked for, or asked to give up, "" while there is none. */
    this.offeredTo = "";
    /**
     * Once the browser is asked for the rest: the parts that this engine sends itself, since they were on the line; null while
     * all are its own.
     * @type {Set<number> | null}
     */
    this.kept = this.handedTo ? new Set(entry.kept ?? []) : null;
    /** The browser refused to take it. */
    this.noHandover = false;
    /** The journal knows it; only then a crash loses nothing. */
    this.journaled = false;
    /** The journal was asked to know it: it may go on, with or without that. */
    this.taken = false;
    /** Leads back to the person's file, once they allow it again (Chromium, from a drop). @type {FileSystemFileHandle | null} */
    this.handle = entry.handle ?? null;
    /** @type {Set<number>} */
    this.confirmed = new Set();
    /**
     * After the file was given once more: what was confirmed since. Parts from before may hold the bytes of an older state of
     * the file, so that the server's list alone does not count; null while it does.
     * @type {Set<number> | null}
     */
    this.trusted = entry.trusted ? new Set(entry.trusted) : null;
    /** The server's own count, when its parts are not known here. */
    this.confirmedElsewhere = entry.confirmedBytes ?? 0;
    /** Parts between being chosen and being confirmed. @type {Set<number>} */
    this.claimed = new Set();
    /** Bytes on the line, by part. @type {Map<number, number>} */
    this.loaded = new Map();
    /** @type {number[]} */
    this.again = [];
    this.cursor = 1;
    /** Goes up whenever what is under way no longer counts (pause, cancel, new epoch). */
    this.run = 0;
    /** Aborts what is under way in this run. */
    this.abort = new AbortController();
    /** A call to the server about this upload is under way. */
    this.busy = false;
    /** What the server has confirmed is known here. */
    this.synced = false;
    /** Known from the server only: picked in another browser, or before this one's storage was wiped. */
    this.foreign = false;
    /** How it is being staged this very moment: "" | "snapshot" | "opfs". */
    this.staging = "";
    this.stagingSince = -1;
    /** Why nothing (more) is staged: "" | "none" (this browser cannot) | "full". */
    this.noStaging = "";
    /** Failed reads, by part. @type {Map<number, number>} */
    this.readFaults = new Map();
    /** @type {{code: string, text: string} | null} */
    this.fault = entry.faultCode ? { code: entry.faultCode, text: entry.faultText ?? "" } : null;
    this.needsFile = false;
    /** The file was found changed, so that another state of it is waited for. */
    this.edited = entry.edited ?? false;
    this.notice = "";
    this.pausedAtServer = false;
    this.meter = new RateMeter();
  }

  get phase() {
    return this.#phase;
  }

  /** The only way to another phase. Throws IllegalTransition. @param {string} event of transitions.js */
  become(event) {
    this.#phase = nextPhase(this.#phase, event);
  }

  /** Not ended, one way or another, and its owner is here. */
  get alive() {
    return RUNNING.has(this.phase) && !this.hidden;
  }

  /** Alive, and goes on without the person. */
  get running() {
    return this.alive && !this.needsFile;
  }

  /** Bytes of it are neither confirmed nor in this browser, whatever can still be sent meanwhile. */
  get lacksBytes() {
    return this.alive && this.synced && this.partSize > 0 && !this.foreign && !this.handedTo && !this.source && this.safeBytes < this.size;
  }

  /** The person's file is wanted once more. */
  get asksForFile() {
    return this.needsFile || this.lacksBytes;
  }

  /** A part of it may be chosen now. */
  get hasToSend() {
    return this.phase === "open" && this.synced && !this.pausedAtServer && (this.again.length > 0 || this.cursor <= this.partCount);
  }

  /** Is this part the engine's to send? @param {number} number */
  sends(number) {
    return !this.kept || this.kept.has(number);
  }

  /** Something is the engine's to send, although the browser has the rest. */
  get keepsSome() {
    return Boolean(this.kept) && [.../** @type {Set<number>} */ (this.kept)].some((number) => !this.confirmed.has(number));
  }

  /** It arrives without this engine. */
  get goesOnAlone() {
    return this.arrived || this.allConfirmed || (this.handedTo !== "" && !this.keepsSome);
  }

  /** The server has the whole file: it is ready, or being checked. */
  get arrived() {
    return this.phase === "ready" || (this.phase === "finishing" && (this.serverState === "verifying" || this.serverState === "scanning"));
  }

  get confirmedBytes() {
    if (this.arrived) return this.size;
    return Math.max(bytesIn(this.confirmed, this.size, this.partSize), this.confirmedElsewhere);
  }

  /** Confirmed and on the line. */
  get sentBytes() {
    let bytes = this.confirmedBytes;
    for (const loaded of this.loaded.values()) bytes += loaded;
    return Math.min(bytes, this.size);
  }

  /** Confirmed or staged: what survives the closing of every window. */
  get safeBytes() {
    if (this.arrived || this.snapshot) return this.size;
    // The server's own count does not say which parts, nor that they hold the bytes of the file at hand.
    if (!this.stagedParts.size) return bytesIn(this.confirmed, this.size, this.partSize);
    const both = new Set(this.stagedParts);
    for (const number of this.confirmed) both.add(number);
    return bytesIn(both, this.size, this.partSize);
  }

  get allConfirmed() {
    return this.partSize > 0 && this.confirmed.size === this.partCount;
  }

  /** The next part to send, claimed for the caller; 0 when there is none now. */
  claimNext() {
    while (this.again.length) {
      const number = /** @type {number} */ (this.again.shift());
      if (this.claim(number)) return number;
    }
    for (; this.cursor <= this.partCount; this.cursor += 1) {
      const number = this.cursor;
      if (this.claim(number)) {
        this.cursor += 1;
        return number;
      }
    }
    return 0;
  }

  /** @param {number} number */
  claim(number) {
    if (this.confirmed.has(number) || this.claimed.has(number) || !this.sends(number) || !this.has(number)) return false;
    this.claimed.add(number);
    return true;
  }

  /** Give a claimed part back, to be sent again. @param {number} number */
  release(number) {
    this.loaded.delete(number);
    if (this.claimed.delete(number)) this.again.push(number);
  }

  /** @param {number} number */
  confirm(number) {
    this.claimed.delete(number);
    this.loaded.delete(number);
    this.version.cut.refusals.delete(number);
    this.confirmed.add(number);
    this.trusted?.add(number);
  }

  /** The browser is asked for all but these parts; from here on no other goes on the line. @param {string} id @param {Iterable<number>} kept */
  offer(id, kept) {
    this.offeredTo = id;
    this.kept = new Set(kept);
  }

  /** It has them. What is claimed stays so until the sender has put it away. */
  handOver() {
    this.handedTo = this.offeredTo;
    this.offeredTo = "";
    this.again = this.again.filter((number) => this.sends(number));
  }

  /** It is asked to give them up; until it has answered they are as little the engine's as before it had them. */
  callBack() {
    this.offeredTo = this.handedTo;
    this.handedTo = "";
  }

  /** Nobody could ask for them: they are the browser's as before. */
  leaveThere() {
    this.handedTo = this.offeredTo;
    this.offeredTo = "";
  }

  /** All parts are the engine's (again). */
  keepAll() {
    this.handedTo = "";
    this.offeredTo = "";
    this.kept = null;
    this.cursor = 1;
  }

  /** Stop what is under way; parts that were not confirmed go back. */
  halt() {
    this.run += 1;
    this.abort.abort();
    this.abort = new AbortController();
    this.claimed.clear();
    this.loaded.clear();
    this.again = [];
    this.cursor = 1;
    this.meter.reset();
  }

  /** The store's multipart upload is a new one: nothing counts as confirmed. @param {number} epoch */
  reopen(epoch) {
    this.halt();
    this.epoch = epoch;
    this.version.cut.refusals.clear();
    this.confirmed.clear();
    this.trusted = null;
    this.confirmedElsewhere = 0;
  }

  /** Another state of the file, of which nothing is known yet. @param {string} id @param {Blob | null} [source] */
  renew(id, source = null) {
    this.halt();
    this.version = new Version(this.id, id, this.partSize);
    this.version.source = source;
  }

  /** What makes two picks most likely the same file: their bytes have to say so. */
  get fingerprint() {
    return [this.path || this.name, this.size, this.lastModified].join("\u0000");
  }

  /**
   * Is a part that the server has of the file as it is now? Once it was given again, the part's digest has to say so, here or there.
   * @param {{number: number, sha256?: string | null}} part
   */
  counts({ number, sha256 }) {
    const known = this.hashes.get(number);
    if (known && sha256) return known === sha256;
    return this.trusted?.has(number) ?? true;
  }
}
