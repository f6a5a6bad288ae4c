// Decides what a change that the server tells of means here: for a card of this browser, and for one that another browser sends.

import { Stream } from "./stream.js";

const LATER = 500; // ms before what cannot be judged yet is looked at again
const ENDED = new Set(["ready", "blocked", "failed", "expired"]);

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("../ports/ports.js").ServerUpload} ServerUpload */

/** An instant of the server as a text that sorts: with all six digits of its fraction. @param {string | undefined} instant */
export const stamp = (instant = "") => instant.replace(/(?:\.(\d+))?Z$/, (_, fraction = "") => `.${fraction.padEnd(6, "0")}`);

/**
 * What a change of an upload of this browser means. It may be told late or twice: what an answer to this engine has said since counts.
 *
 * "" nothing; `ended`; `cancelled` elsewhere; `gone` (the file of a card that is done was deleted); `paused` or `resumed` elsewhere;
 * `changed` (the server is finishing it, or no longer); `ask` (the store lost it); `later` (a call that changes it is under way);
 * `counted` (that much has arrived of what the browser sends by itself).
 * @param {Upload} u
 * @param {ServerUpload} answer
 */
export const meaningOf = (u, { state, epoch, updated_at }) => {
  if (updated_at && stamp(updated_at) <= u.heardAt) return "";
  if (state === "cancelled") return u.alive ? "cancelled" : u.phase === "cancelled" ? "" : "gone";
  if (!u.alive) return u.phase === "failed" && state === "ready" ? "ended" : "";
  if (ENDED.has(state)) return "ended";
  if (u.busy) return "later";
  if (!u.synced && u.phase !== "finishing") return ""; // it is asked about anyway
  if (epoch > u.epoch) return "ask";
  if (state === "verifying" || state === "scanning") return u.phase === "finishing" && u.serverState === state ? "" : "changed";
  if (u.phase === "finishing") return u.synced ? "" : "changed";
  // A wish of the person here that the server has not heard yet counts more than what it says.
  if (state === "paused") return u.phase === "open" && !u.pausedAtServer ? "paused" : "";
  if (u.phase === "paused") return u.pausedAtServer ? "resumed" : "";
  return u.handedTo ? "counted" : "";
};

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "named" | "drop" | "changed" | "wake"> & {outcomes: import("../upload/outcomes.js").Outcomes, journalWriter: import("../journal/writer.js").JournalWriter, handed: {counted: (u: Upload, bytes: number) => void}, holds: {renew: () => unknown, lost: () => void}, cancelling: import("./cancelling.js").Cancelling, lifecycle: {apply: (u: Upload, answer: ServerUpload) => void}, owners: {tag: string, ask: () => unknown, signIn: {isSignedOut: boolean}, question: {next: () => number, isNews: (number: number) => boolean}, heard: (tag: string) => void}, recovery: {creating: () => boolean, merge: (answer: ServerUpload, since: string) => void}}} Needs of the engine */
/** How far a state is on the way, which no upload goes back within an epoch. @type {Record<string, number>} */
const STEP = { uploading: 0, paused: 0, verifying: 1, scanning: 2 };

/**
 * The upload is further than this answer says: it waited while more was heard, or the call that completes it is under way.
 * @param {Upload} u @param {ServerUpload} answer
 */
export const isOvertaken = (u, { state, updated_at }) => {
  if (state === "uploading" && u.phase === "finishing" && u.synced) return true;
  const isOlder = updated_at !== undefined && stamp(updated_at) < u.heardAt;
  return isOlder && (STEP[state] ?? 3) < (u.alive ? (STEP[u.serverState] ?? 0) : 3);
};

export class ChangeFeed {
  /** Uploads whose cards a person took away. @type {Set<string>} */
  #dismissed = new Set();

  /** Which question the connection's hello answers. */
  #asked = 0;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    /** By it the server knows that this engine lives. */
    this.name = engine.ports.newId();
    this.stream = new Stream(engine.ports, this.name, (kind, data) => this.heard(kind, data), () => void (this.#asked = engine.owners.question.next()), () => this.#ended(), () => engine.holds.renew());
    /** Whose changes they are. */
    this.tag = "";
    /** What the journal remembers is known: not before that can a change be judged. */
    this.begun = false;
    /** The server's time when the connection was made: what is newer happens now. */
    this.since = "";
    /** What cannot be judged yet, by upload. @type {Map<string, ServerUpload>} */
    this.later = new Map();
  }

  #ended() {
    this.engine.owners.ask();
    this.engine.holds.lost();
  }

  /** Changes are heard of without asking. */
  get live() {
    return this.stream.live;
  }

  start() {
    this.begun = true;
    this.stream.start();
  }

  stop() {
    this.stream.stop();
    this.#nobody();
  }

  /** What was heard for whoever was here, and not looked at yet, means nothing for anybody else. */
  #nobody() {
    this.later.clear();
    this.#dismissed.clear();
    this.tag = "";
  }

  hurry() {
    this.stream.hurry();
  }

  renew() {
    this.stream.renew();
  }

  /** The person took its card away. @param {string} uploadId */
  dismiss(uploadId) {
    this.#dismissed.add(uploadId);
  }

  /** Somebody else is here: their changes, from the start. @param {string} tag */
  owner(tag) {
    if (this.tag === tag || !this.begun) return;
    if (this.stream.wanted && !this.tag) return; // it says soon enough whose it is
    this.stop();
    this.tag = tag;
    this.start();
  }

  /** @param {string} kind @param {any} data */
  heard(kind, data) {
    if (kind === "hello") this.#hello(data);
    else if (kind === "upload") this.take(data);
  }

  /** The connection is of whoever was here when it was opened. @param {{owner: string, at: string}} data */
  #hello({ owner, at }) {
    const { owners } = this.engine;
    if (!owners.question.isNews(this.#asked) && owner !== owners.tag) {
      this.stop();
      return this.start();
    }
    if (this.tag && this.tag !== owner) this.#nobody(); // another cookie since the connection before
    this.tag = owner;
    this.since = stamp(at);
    // Whether they have signed in it does not say.
    if (owner !== owners.tag || owners.signIn.isSignedOut) owners.ask();
    owners.heard(owner);
  }

  /** @param {ServerUpload} answer */
  take(answer) {
    const { engine } = this;
    if (engine.cancelling.cancelled.has(answer.id) || this.#dismissed.has(answer.id)) return;
    const [u] = engine.named(answer.id);
    if (!u || u.foreign) return this.elsewhere(u, answer);
    const meaning = meaningOf(u, answer);
    if (meaning === "later") return this.putOff(answer);
    if (meaning) this.means(u, meaning, answer);
  }

  /** @param {Upload} u @param {string} meaning @param {ServerUpload} answer */
  means(u, meaning, answer) {
    const { engine } = this;
    u.become("dated", stamp(answer.updated_at));
    if (meaning === "cancelled") {
      u.become("stated", { state: "cancelled", at: stamp(answer.updated_at), bytes: answer.confirmed_bytes });
      engine.outcomes.ended(u, "cancelled");
    } else if (meaning === "gone") {
      engine.drop(u);
      engine.journalWriter.forget(u);
    } else if (meaning === "paused") {
      u.become("pausedThere");
      engine.outcomes.paused(u);
    } else if (meaning === "resumed") {
      engine.outcomes.move(u, "resumed");
      engine.journalWriter.save(u);
    } else if (meaning === "ask") {
      u.become("doubted");
      engine.outcomes.move(u, "recovered"); // also what was being finished is asked about
    } else if (meaning === "counted") engine.handed.counted(u, answer.confirmed_bytes);
    else {
      u.halt();
      engine.lifecycle.apply(u, answer);
      engine.journalWriter.save(u);
    }
    engine.changed(u);
    engine.wake();
  }

  /** Another browser of the same person sends it, or did. @param {Upload | undefined} u @param {ServerUpload} answer */
  elsewhere(u, answer) {
    const { engine } = this;
    if (u && answer.updated_at && stamp(answer.updated_at) <= u.heardAt) return;
    if (u && answer.state === "cancelled") return engine.drop(u);
    // One that is being created here is not known by its name yet.
    if (!u && engine.recovery.creating()) return this.putOff(answer);
    engine.recovery.merge(answer, this.since);
  }

  /** @param {ServerUpload} answer */
  putOff(answer) {
    if (!this.later.size) this.engine.ports.clock.after(LATER, () => this.again());
    this.later.set(answer.id, answer);
  }

  again() {
    const answers = [...this.later.values()];
    this.later.clear();
    for (const answer of answers) this.take(answer);
  }
}
