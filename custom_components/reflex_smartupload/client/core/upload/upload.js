// Decides what the engine knows of one upload.

import { versionOf } from "./entry.js";
import { LocalFile } from "./localfile.js";
import { bytesIn } from "./part.js";
import { Parts } from "./parts.js";
import { Reached } from "./progress.js";
import { firstState, step } from "./state.js";
import { Version } from "./version.js";

/** Phases in which bytes are still to be sent. */
const RUNNING = new Set(["new", "open", "paused", "finishing"]);

export class Upload extends LocalFile {
  #state;

  #reached;

  #touched = () => {};

  /**
   * @param {{id: string, key: string, name: string, size: number} & Partial<import("../ports/ports.js").JournalEntry>} entry
   * @param {Partial<import("./state.js").State>} [known] besides
   */
  constructor(entry, known = {}) {
    super(versionOf(entry), entry.size);
    this.id = entry.id;
    this.path = entry.path ?? "";
    this.type = entry.type ?? "";
    this.uploader = entry.uploader ?? "";
    this.metadata = entry.metadata ?? {};
    this.maxFiles = entry.maxFiles ?? 0;
    /** With which other files it was given. */
    this.group = entry.group ?? "";
    this.addedAt = entry.addedAt ?? 0;
    this.#state = firstState(entry, known);
    /**
     * Once the browser is asked for the rest: the parts that this engine sends itself, since they were on the line; null while
     * all are its own.
     * @type {Set<number> | null}
     */
    this.kept = this.handedTo ? new Set(entry.kept ?? []) : null;
    /** Parts that the registration does not have which was held back, null where none was: it has all others, also what is on the line here. @type {Set<number> | null} */
    this.ungiven = null;
    this.parts = new Parts(() => this.#touched());
    /** Goes up whenever what is under way no longer counts (pause, cancel, new epoch). */
    this.run = 0;
    /** Aborts what is under way in this run. */
    this.abort = new AbortController();
    this.#reached = new Reached(entry.reachedBytes ?? 0, this.#what);
  }

  /**
   * What is known of it changes.
   * @template {import("./state.js").Note} E
   * @param {E} event @param {import("./state.js").Facts<E>} facts
   */
  become(event, ...facts) {
    [this.#state] = step(this.#state, event, ...facts);
    this.#touched();
  }

  /**
   * How it goes on changes. Only outcomes.js tells it of that, and does what has to be done. Throws IllegalTransition.
   * @template {import("./state.js").Move} E
   * @param {E} event @param {import("./state.js").Facts<E>} facts
   */
  move(event, ...facts) {
    const [state, effects] = step(this.#state, event, ...facts);
    this.#state = state;
    this.#touched();
    return effects;
  }

  /** @param {() => void} touched told whenever what is known of it, or of its parts, is something else */
  watch(touched) {
    this.#touched = touched;
  }

  // What is known of it, to be read.
  get phase() { return this.#state.phase; }
  get key() { return this.#state.key; }
  get name() { return this.#state.name; }
  get lastModified() { return this.#state.lastModified; }
  get handle() { return this.#state.handle; }
  get touchedAt() { return this.#state.touchedAt; }
  get finishedAt() { return this.#state.finishedAt; }
  get owner() { return this.#state.owner; }
  get hidden() { return this.#state.hidden; }
  get foreign() { return this.#state.foreign; }
  get journaled() { return this.#state.journaled; }
  get taken() { return this.#state.taken; }
  get busy() { return this.#state.busy; }
  get asked() { return this.#state.asked; }
  get uploadId() { return this.#state.uploadId; }
  get epoch() { return this.#state.epoch; }
  get replaces() { return this.#state.replaces; }
  get shareUrl() { return this.#state.shareUrl; }
  get serverState() { return this.#state.serverState; }
  get heardAt() { return this.#state.heardAt; }
  get synced() { return this.#state.synced; }
  get pausedAtServer() { return this.#state.pausedAtServer; }
  get confirmedElsewhere() { return this.#state.confirmedElsewhere; }
  get others() { return this.#state.others; }
  get handedTo() { return this.#state.handedTo; }
  get heldIn() { return this.#state.heldIn; }
  /** The one that has it, whether the browser sends or is held back; "" for none. */
  get registration() { return this.handedTo || this.heldIn; }
  get dropped() { return this.#state.dropped; }
  get offeredTo() { return this.#state.offeredTo; }
  get noHandover() { return this.#state.noHandover; }
  get sendsNow() { return this.#state.sendsNow; }
  get staging() { return this.#state.staging; }
  get stagingSince() { return this.#state.stagingSince; }
  get noStaging() { return this.#state.noStaging; }
  get fault() { return this.#state.fault; }
  get needsFile() { return this.#state.needsFile; }
  get edited() { return this.#state.edited; }
  get notice() { return this.#state.notice; }
  get withdrawn() { return this.#state.withdrawn; }

  /** Not ended, one way or another, and its owner is here. */
  get alive() {
    return RUNNING.has(this.phase) && !this.hidden;
  }

  /** Cancelled a moment ago: the person can undo it. */
  get undoable() {
    return this.withdrawn !== null && this.phase === "cancelled" && !this.hidden;
  }

  /** Alive, or so again if that is undone. */
  get mayGoOn() {
    return this.alive || this.undoable;
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
    return this.phase === "open" && this.synced && !this.pausedAtServer && this.parts.hasNext(this.partCount);
  }

  /** Is this part the engine's to send? @param {number} number */
  sends(number) {
    return !this.kept || this.kept.has(number);
  }

  /** Something is the engine's to send, although the browser has the rest. */
  get keepsSome() {
    return [...(this.ungiven ?? this.kept ?? [])].some((number) => !this.confirmed.has(number));
  }

  /** It arrives without this engine. */
  get goesOnAlone() {
    return this.arrived || this.allConfirmed || (this.registration !== "" && !this.dropped && !this.keepsSome);
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

  /** Bytes of which a person is told: those that were sent, and never fewer than before. It may go on from less, as after a pause, and has to catch up first. */
  get reachedBytes() {
    return this.#reached.by(this.sentBytes, this.#what);
  }

  /** It was begun anew here, after something of it had been sent. */
  get anew() {
    return this.#reached.anew;
  }

  /** What of it is being sent: another epoch, and another state of the file, begin from nothing. */
  get #what() {
    return `${this.key} ${this.epoch} ${this.version.token}`;
  }

  /** Bytes that are heard of at a time: the browser sends two parts by itself, and says nothing before one is through. 0 where the engine sends. */
  get grain() {
    return this.handedTo && !this.dropped ? Math.min(2 * this.partSize, this.size) : 0;
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

  get confirmed() {
    return this.parts.confirmed;
  }

  get claimed() {
    return this.parts.claimed;
  }

  get loaded() {
    return this.parts.loaded;
  }

  get cursor() {
    return this.parts.cursor;
  }

  /** Chosen, and not on the line yet. */
  get partsAhead() {
    return this.claimed.size - this.loaded.size;
  }

  /** The next part to send, claimed for the caller; 0 when there is none now. */
  claimNext() {
    return this.parts.claimNext(this.partCount, (number) => this.sends(number) && this.has(number));
  }

  /** @param {number} number */
  confirm(number) {
    this.parts.confirm(number);
    this.version.cut.forgive(number);
  }

  /** The browser is asked for all but these parts; from here on no other goes on the line. @param {string} id @param {Iterable<number>} kept */
  offer(id, kept) {
    this.become("offered", id);
    this.kept = new Set(kept);
    this.ungiven = null;
  }

  /** It has them. What is claimed stays so until the sender has put it away. */
  handOver() {
    this.become("handedOver");
    this.parts.leave((number) => this.sends(number));
  }

  /** The browser is asked for all parts, to be held back: they stay this engine's to send. @param {string} id */
  offerHeld(id) {
    this.become("offered", id);
  }

  /** It has all but these, and is held back. @param {Iterable<number>} ungiven */
  hold(ungiven) {
    this.become("held");
    this.kept = null;
    this.ungiven = new Set(ungiven);
    this.parts.rewind();
  }

  /** It is not held back any more: what is on the line here arrives, the rest is the browser's. */
  letGo() {
    this.become("letGo");
    this.kept = new Set([...this.loaded.keys(), ...(this.ungiven ?? [])]);
    this.parts.leave((number) => this.sends(number));
  }

  /** It is asked to give them up; until it has answered they are as little the engine's as before it had them. */
  callBack() {
    this.become("calledBack");
  }

  /** Nobody could ask for them: they are the browser's as before. */
  leaveThere() {
    this.become("handedOver");
  }

  /** All parts are the engine's (again). */
  keepAll() {
    this.become("regained");
    this.kept = null;
    this.ungiven = null;
    this.parts.rewind();
  }

  /** Stop what is under way; parts that were not confirmed go back. */
  halt() {
    this.run += 1;
    this.abort.abort();
    this.abort = new AbortController();
    this.parts.halt();
  }

  /** The store's multipart upload is a new one: nothing counts as confirmed. */
  restart() {
    this.halt();
    this.version.cut.forgive();
    this.parts.list([]);
  }

  /**
   * Another state of the file, of which nothing is known yet.
   * @param {string} id @param {Blob | null} [source] @param {string} [token] of the one before, when it is the same state all the same
   */
  renew(id, source = null, token) {
    this.halt();
    this.version = new Version(this.id, id, this.partSize, { token });
    this.version.give(source);
  }

  /** What makes two picks most likely the same file: their bytes have to say so. */
  get fingerprint() {
    return [this.path || this.name, this.size, this.lastModified].join("\u0000");
  }

  /** Does a part that the server has hold the bytes of this version? Another browser may have sent one of another. @param {{versions: string[]}} part */
  counts({ versions }) {
    return versions.includes(this.version.token);
  }

  /** The person has given another version of the file, and the server may still begin anew for it: what is confirmed may be wanted again. */
  get mayReplace() {
    return this.replaces > 0 && this.replaces === this.epoch;
  }

  /** For what the digests of this upload's parts stand. @returns {import("../ports/ports.js").Voucher} */
  get voucher() {
    const { epoch, mayReplace, version } = this;
    return { ...(version.token ? { version: version.token } : {}), epoch, ...(mayReplace ? { replace: true } : {}) };
  }
}
