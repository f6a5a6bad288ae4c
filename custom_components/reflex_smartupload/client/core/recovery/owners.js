// Decides whose uploads are shown and sent: those of the owner who is here. What others staged on this computer waits, unseen.

import { toEntry } from "../upload/entry.js";
import { isAway } from "../ports/errors.js";
import { expire } from "./expiry.js";
import { Question, within } from "./question.js";
import { SignIn } from "./sign_in.js";

const AGAIN = 3000; // ms before the server is asked once more
/** ms to wait for the server's word before the one that was heard last counts: cards must not wait for a server that hangs. */
const PATIENCE = 2000;
const CALLS = 3; // adoptions at the same time

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "configure" | "uploads" | "alive" | "server" | "changed" | "drop" | "wake" | "hurry"> & {journalWriter: import("../journal/writer.js").JournalWriter, cancelling: import("../server/cancelling.js").Cancelling, changeFeed: import("../server/change_feed.js").ChangeFeed, recovery: {list: () => Promise<void>, begin: (uploads: Upload[]) => Promise<void>}}} Needs of the engine */

export class Owners {
  /** @type {Map<string, Upload>} */
  #hidden = new Map();

  /** Picked since all was forgotten the last time. @type {WeakSet<Upload>} */
  #picked = new WeakSet();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    /** Who is here, as far as it is known. */
    this.tag = "";
    /** The server has said so, and not only the journal. */
    this.certain = false;
    /** Of these the server said that they are not this owner's. @type {Set<Upload>} */
    this.refused = new Set();
    /**
     * Something here was adopted, or the server knew of nothing before anything was created: this owner is new, and whoever was
     * here before is most likely the same person. null while it was not asked.
     * @type {boolean | null}
     */
    this.isNew = null;
    /** Hidden when their owner was gone already. @type {Set<Upload>} */
    this.late = new Set();
    /** Picked before the server had said who is here. @type {WeakSet<Upload>} */
    this.guessed = new WeakSet();
    this.question = new Question(engine, (tag) => this.heard(tag), (before) => this.signIn.told(before));
    this.signIn = new SignIn(engine, this);
    /** What was never created is coming in. @type {Promise<unknown>} */
    this.taking = Promise.resolve();
    this.settling = false;
    this.settleAgain = false;
  }

  /**
   * What is created for one who is new would make them look as if they had been here before: not before the server has said who
   * is here, and, where something is left that was never created, what they had. Nor while nobody has signed in: who then does in another
   * tab would be whom it is created for.
   */
  get mayCreate() {
    return this.certain && !this.signIn.isSignedOut && (this.isNew !== null || this.unproven().every((u) => this.late.has(u)));
  }

  /** At the start: whoever was here last, until the server says who is. */
  async start() {
    this.tag = (await this.engine.ports.journal.owner().catch(() => "")) || "";
    await this.ask();
  }

  /** Settings, and who is here now. The answer counts whenever it comes; it is waited for only a little. @returns {Promise<boolean>} whether it came */
  ask() {
    return within(this.engine.ports.clock, PATIENCE, this.question.ask());
  }

  /** The line is back: who is here, while that is not certain. */
  hurry() {
    if (!this.certain && !this.question.asking) this.ask();
  }

  /** These are of whoever is here, though nobody can prove it. @param {Upload[]} found */
  takeIn(found) {
    for (const u of found) this.refused.delete(u);
    this.taking = Promise.allSettled([this.taking, this.show(found)]);
  }

  /** What was begun here before signing in is of whoever is here now: the server says so of each. */
  takeOver() {
    this.refused.clear();
    this.settle();
  }

  /** From the server, or from the journal until the server has said it. */
  get isKnown() {
    return this.certain || this.tag !== "";
  }

  /** Entries from before there were tags come in for everybody: the server says soon enough whose they are. @param {Upload} u */
  isHere(u) {
    return !u.owner || !this.tag || u.owner === this.tag;
  }

  /** @param {string} tag */
  heard(tag) {
    const { engine } = this;
    const before = this.tag;
    if (!this.certain && engine.uploads.size) engine.wake(); // what could not be created; before the journal was read there is nothing
    this.certain = true;
    if (!tag) return;
    if (tag !== before) {
      this.tag = tag;
      this.isNew = null;
      this.refused.clear();
      engine.ports.journal.saveOwner(tag).catch(() => {});
      engine.changeFeed.owner(tag);
      for (const u of [...engine.uploads.values(), ...engine.cancelling.unheard]) if (!u.hidden && !this.isHere(u)) this.hide(u);
      this.show([...this.hidden.values()].filter((u) => this.isHere(u)));
      engine.recovery.list();
    }
    // Picked before anybody had said who is here.
    for (const u of engine.uploads.values()) if (!u.owner && (!u.uploadId || u.synced)) this.own(u);
    this.settle();
  }

  /** It was picked now, by whoever is here. @param {Upload} u */
  picked(u) {
    this.#picked.add(u);
    if (!this.certain) this.guessed.add(u);
  }

  /** @param {Upload} u */
  own(u) {
    if (!this.tag || u.owner === this.tag) return;
    u.become("owned", this.tag);
    if (u.journaled) this.engine.journalWriter.save(u);
  }

  /** What others left here, by id. @returns {ReadonlyMap<string, Upload>} */
  get hidden() {
    return this.#hidden;
  }

  /** It is not among them any more. @param {Upload} u */
  release(u) {
    this.#hidden.delete(u.id);
  }

  /** Nothing is known of what was here: what is under way for any of it shows and writes down nothing of it any more. */
  forget() {
    this.#hidden.clear();
    this.#picked = new WeakSet();
  }

  /** Its owner has not come, and what was kept of it here is wiped. @param {Upload} u */
  #isForgotten(u) {
    return u.hidden && this.#hidden.get(u.id) !== u;
  }

  /** Nobody knows who is here: whose changes are told is not known either. */
  leave() {
    this.tag = "";
    this.certain = false;
    this.question.forget();
    this.engine.changeFeed.stop();
  }

  /** Out of sight, and nothing more is sent; its bytes and its entry stay. @param {Upload} u */
  hide(u) {
    u.halt();
    u.become("hide");
    this.engine.drop(u);
    // What the journal has no room for is in memory alone.
    const isKept = u.journaled || (u.taken && u.source);
    if (isKept && !u.foreign && !["ready", "refused", "blocked"].includes(u.phase)) this.#hidden.set(u.id, u);
  }

  /** Whoever picked it left before the journal had it, or all was forgotten. Who came is not kept waiting for it. @param {Upload} u */
  hideLate(u) {
    if (!this.#picked.has(u)) return void this.engine.journalWriter.forget(u);
    this.late.add(u);
    this.hide(u);
    if (this.isHere(u)) this.show([u]); // and is back
    else if (this.guessed.has(u)) this.settle();
  }

  /** Their owner is here. @param {Upload[]} found of what was hidden; what was forgotten since stays so */
  async show(found) {
    const uploads = found.filter((u) => this.#hidden.get(u.id) === u);
    for (const u of uploads) u.become("show", this.tag);
    await this.engine.recovery.begin(uploads);
    const saved = Promise.all(uploads.map((u) => this.engine.journalWriter.save(u)));
    await within(this.engine.ports.clock, PATIENCE, saved.then(() => true));
  }

  /** The server's list has it: then it is this owner's, whatever the journal says. @param {string} uploadId */
  isProven(uploadId) {
    const found = [...this.hidden.values()].filter((u) => u.uploadId === uploadId);
    const away = found.filter((u) => u.hidden); // the others are about to come
    if (away.length) this.show(away);
    return found.length > 0;
  }

  /** Ask the server for what others left here: a browser that lost its cookie is the same person under a new name. */
  async settle() {
    if (!this.certain || this.signIn.isSignedOut) return;
    if (this.settling) return void (this.settleAgain = true);
    this.settling = true;
    const { tag } = this;
    try {
      if (this.isNew === null && this.unproven().length) await this.askWhetherNew();
      const left = this.waiting().filter((u) => u.uploadId).values();
      const lane = async () => {
        for (const u of left) if (u.hidden && !this.#isForgotten(u) && tag === this.tag) await this.adopt(u);
      };
      await Promise.all(Array.from({ length: CALLS }, lane));
      if (tag === this.tag) await this.takeUnproven();
      await expire(this.engine, this);
    } catch {
      this.engine.ports.clock.after(AGAIN, () => this.settle());
    } finally {
      this.settling = false;
    }
    if (!this.settleAgain) return;
    this.settleAgain = false;
    this.settle();
  }

  waiting() {
    return [...this.hidden.values()].filter((u) => u.hidden && !this.refused.has(u));
  }

  /** What was never created at the server nobody can prove to be theirs. */
  unproven() {
    return this.waiting().filter((u) => !u.uploadId);
  }

  async askWhetherNew() {
    const { engine, tag } = this;
    const known = await engine.server(() => engine.ports.api.list());
    if (tag !== this.tag) return;
    this.isNew = !known.length;
    engine.wake();
  }

  /** The server decides. @param {Upload} u */
  async adopt(u) {
    const { engine, tag } = this;
    try {
      await engine.server(() => engine.ports.api.adopt(u.uploadId, u.key));
    } catch (error) {
      if (isAway(error)) throw error;
      if (tag !== this.tag) return;
      this.refused.add(u);
      return this.rest(u);
    }
    if (tag !== this.tag) return; // its journal still names the one before; adopted once more by whoever is here now
    this.isNew = true;
    await this.takeUnproven(); // first: what is adopted already proves nothing on the next start
    if (tag === this.tag) await this.show([u]); // somebody else may have come meanwhile
  }

  /**
   * It comes in for a new owner only: one who could adopt something else of what was here, or of whom the server knew nothing at
   * all, as after a cookie was lost.
   */
  async takeUnproven() {
    const left = this.unproven();
    if (left.length && this.isNew === false) for (const u of left) this.refused.add(u);
    else if (left.length && this.isNew) this.takeIn(left);
    await this.taking;
  }

  /** The browser's own list would show the file's name to whoever is here. @param {Upload} u */
  async rest(u) {
    const { handovers, journal, clock } = this.engine.ports;
    const { registration } = u;
    if (!registration || !u.hidden || this.#isForgotten(u)) return;
    try {
      await handovers.takeBack(registration);
    } catch {
      return void clock.after(AGAIN, () => this.rest(u)); // no page yet that could do it
    }
    if (this.#isForgotten(u)) return;
    u.keepAll();
    await journal.save([toEntry(u)]).catch(() => {});
    if (this.#isForgotten(u)) await journal.remove(u.id).catch(() => {});
  }
}
