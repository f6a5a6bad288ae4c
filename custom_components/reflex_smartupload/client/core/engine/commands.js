// Decides what a person's command does: add, pause, resume, cancel, retry, dismiss, and the file given once more.

import { readHead } from "../ports/blobs.js";
import { GroupCommands } from "./groups.js";
import { HEAD } from "../files/signs.js";
import { toEntry } from "../upload/entry.js";
import { sentence } from "../ports/sentences.js";
import { asksBytes, isAccepted, saidOf, smaller, typesOf } from "./rules.js";
import { roundSizeText, sizeText } from "../view/messages.js";
import { listText } from "../words/figures.js";
import { Upload } from "../upload/upload.js";

/** ms for which a card says that the file was dropped twice, or that a retry has to wait. */
const NOTICE = 8000;
const LANES = 4; // files that are compared at the same time

/** @typedef {import("./rules.js").Rules} Rules */
/** @typedef {{id: string, file: File, path: string} & import("./rules.js").Said} Pick */

export class Commands {
  /** @param {import("./engine.js").Engine} engine */
  constructor(engine) {
    this.engine = engine;
    /** Of which it is not known yet whether they are on their way already. @type {Set<Upload>} */
    this.compared = new Set();
    this.groups = new GroupCommands(engine, this);
  }

  /**
   * @param {Pick[]} picks
   * @returns {Promise<void>} when the journal knows them
   */
  async add(picks) {
    const { engine } = this;
    const isUnsure = (/** @type {Pick} */ { id, file, rules: { accept = "" } = {} }) => !engine.uploads.has(id) && !isAccepted(accept, file) && asksBytes(accept);
    const unsure = picks.filter(isUnsure);
    if (!unsure.length) return this.addKnown(picks);
    const heads = new Map(await Promise.all([this.addKnown(picks.filter((pick) => !unsure.includes(pick))), ...unsure.map((pick) => headOf(pick, this.engine.ports.read))]).then(([, ...found]) => found));
    return this.addKnown(unsure, heads);
  }

  /** @param {Pick[]} picks @param {Map<File, Uint8Array>} [heads] the first bytes of those whose name and type do not tell that they are taken */
  async addKnown(picks, heads) {
    const { engine } = this;
    /** @type {Map<string, Upload[]>} */
    const before = new Map();
    const note = (/** @type {Upload} */ u) => before.set(alike(u), [...(before.get(alike(u)) ?? []), u]);
    for (const u of engine.alive()) note(u);
    const added = [];
    const perhaps = [];
    for (const { id, file, path, uploader = "", metadata = {}, rules = {}, group = "" } of picks) {
      const heard = engine.uploads.get(id);
      if (heard) {
        this.offered(heard, file);
        continue;
      }
      if (engine.owners.hidden.has(id)) {
        engine.publisher.removed(id); // a tab from before still holds it
        continue;
      }
      if (this.groups.isGivenUp(group)) {
        engine.publisher.removed(id); // the page has not heard of it yet
        continue;
      }
      const u = new Upload({
        id, key: id, name: file.name, path, type: file.type, size: file.size, lastModified: file.lastModified, addedAt: engine.ports.clock.wall(), owner: engine.owners.tag, version: engine.ports.newId(), uploader, metadata, maxFiles: rules.maxFiles ?? 0, group,
      });
      if (!this.check(u, rules, heads?.get(file))) continue;
      const others = (before.get(alike(u)) ?? []).filter((one) => one.asksForFile || one.fingerprint === u.fingerprint);
      if (!others.length && !this.takesIn(u)) continue;
      u.version.give(file);
      engine.owners.picked(u);
      engine.add(u);
      if (others.length) {
        perhaps.push({ u, file, others });
        this.compared.add(u);
      } else added.push(u);
      note(u);
      engine.changed(u);
    }
    await this.begin(added);
    const left = perhaps.values();
    const lane = async () => {
      for (const one of left) {
        const isKnown = await this.isKnown(one);
        this.compared.delete(one.u);
        if (!isKnown && this.takesIn(one.u)) await this.begin([one.u]);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  /** First the journal, then the way. @param {Upload[]} added */
  async begin(added) {
    const { engine } = this;
    if (!added.length) return engine.wake();
    try {
      await engine.ports.journal.save(added.map(toEntry));
      added.forEach((u) => u.become("written"));
    } catch (error) {
      engine.ports.emit({ type: "log", text: `journal: ${error}` });
      added.forEach((u) => u.become("unstaged", "none")); // it goes on, but a closed window would lose it, and the card says so
    }
    for (const u of added) {
      u.become("taken");
      this.groups.came(u);
      if (u.hidden) engine.owners.hideLate(u); // whoever picked it left meanwhile
      else engine.changed(u);
    }
    engine.wake();
  }

  /** Is it a file that is on its way already, or waited for? Its own card is there until that is known. @param {{u: Upload, file: File, others: Upload[]}} pick */
  async isKnown({ u, file, others }) {
    const { engine } = this;
    for (const other of others) {
      const waited = () => other.alive && other.asksForFile;
      const waits = waited();
      const ran = other.alive;
      const same = waits ? await engine.recognition.fits(other, file, { path: u.path }) : (await engine.recognition.compare(other, file)) === "same";
      if (u.hidden && u.source) return false; // its owner left meanwhile
      if (engine.uploads.get(u.id) !== u || !u.alive) return true; // taken away meanwhile
      const isDone = ran && !waits && other.phase === "ready"; // meanwhile
      if (!same || !(isDone || (other.alive && waits === waited()))) continue;
      engine.drop(u);
      if (u.journaled) engine.journalWriter.forget(u); // it was paused
      if (waits) await this.take(other, file);
      else if (!isDone) this.duplicate(other, file);
      return true;
    }
    return false;
  }

  /** A page says again what it holds, because the engine began anew or did not answer. @param {Upload} u @param {File} file */
  offered(u, file) {
    if (!u.alive || u.source || u.snapshot || u.edited || file.lastModified !== u.lastModified) return;
    if (u.asksForFile) this.give(u.id, file);
    else {
      // An engine of before may still be writing where this version is kept.
      if (u.stagedParts.size) u.version.give(file);
      else u.renew(this.engine.ports.newId(), file, u.version.token);
      u.parts.rewind(); // those that were passed over are here now
    }
    this.engine.wake();
  }

  /** The same file once more: the running upload instead of a second one. @param {Upload} u @param {File} file */
  duplicate(u, file) {
    const { engine } = this;
    if (!(u.source || u.snapshot)) return this.offered(u, file);
    this.notice(u, "duplicate");
    engine.ports.emit({ type: "duplicate", id: u.id });
  }

  /** The card says so for a moment. @param {Upload} u @param {"duplicate" | "crowded"} what */
  notice(u, what) {
    const { engine } = this;
    const say = (/** @type {"" | typeof what} */ notice) => {
      u.become("noticed", notice);
      engine.changed(u);
    };
    say(what);
    engine.ports.clock.after(NOTICE, () => u.notice === what && say(""));
  }

  /** What can be said without asking the server. @param {Upload} u @param {Rules} rules of the page's uploader @param {Uint8Array} [head] the first bytes */
  check(u, { accept = "", maxSize }, head) {
    const limit = smaller(this.engine.settings.max_file_size, maxSize);
    if (!isAccepted(accept, u, head)) this.reject(u, "type_not_allowed", { types: listText(typesOf(accept)) });
    else if (u.size === 0) this.reject(u, "empty_file");
    else if (limit && u.size > limit) this.reject(u, "file_too_large", { limit: roundSizeText(limit) });
    else return true;
    return false;
  }

  /** May one more be on its way in its uploader? Another browser's count as well; what may be one of these does not yet. @param {Upload} u */
  hasRoom(u) {
    if (!u.maxFiles || u.hidden) return true;
    return [...this.engine.alive()].filter((one) => one !== u && one.uploader === u.uploader && !this.compared.has(one)).length < u.maxFiles;
  }

  /** @param {Upload} u */
  takesIn(u) {
    if (this.hasRoom(u)) return true;
    this.reject(u, "too_many_files", { count: u.maxFiles });
    return false;
  }

  /** A card that says why a file is not taken. @param {Upload} u @param {string} code @param {Record<string, string | number>} [values] */
  reject(u, code, values = {}) {
    const { engine } = this;
    const fault = { code, text: sentence(code, { name: u.name, size: sizeText(u.size), ...values }) };
    engine.outcomes.move(u, "refused", { fault, at: engine.ports.clock.wall() });
    engine.add(u);
    engine.changed(u);
  }

  /** @param {{id: string, name: string, path?: string, code: string, uploader?: string, group?: string}} refusal something that is no file */
  refuse({ id, name, path, code, uploader, group }) {
    this.reject(new Upload({ id, key: id, name, path, size: 0, owner: this.engine.owners.tag, uploader, group }), code);
  }

  /** A file that can be found again on the next visit, with one click and no search. @param {{id: string, handle: FileSystemFileHandle}} found */
  remember({ id, handle }) {
    const u = this.engine.uploads.get(id);
    if (!u || !u.alive || u.handle) return;
    u.become("located", handle);
    if (u.journaled) this.engine.journalWriter.save(u);
  }

  /** @param {string} id */
  pause(id) {
    const u = this.engine.uploads.get(id);
    if (u) this.engine.outcomes.paused(u);
  }

  /** @param {string} id */
  resume(id) {
    const u = this.engine.uploads.get(id);
    if (!u || u.phase !== "paused") return;
    this.engine.outcomes.move(u, u.uploadId ? "resume" : "restart");
    this.engine.journalWriter.save(u);
    this.engine.changed(u);
    this.engine.hurry();
  }

  /** At once and for good. @param {string} id */
  async cancel(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (u?.mayGoOn) await engine.cancelling.begin(u);
  }

  /** As somebody cancels it who can undo that for a while. @param {string} id */
  withdraw(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (u?.alive) engine.cancelling.withdraw(u);
  }

  /** @param {string} id */
  async undo(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (!u?.undoable) return;
    engine.cancelling.undo(u);
    // It was compared when it was cancelled, and not begun therefore.
    if (!u.taken && !this.compared.has(u)) await this.begin([u]);
    if (u.foreign) engine.recovery.list();
  }

  /** Once more from the start, under a new name at the server; what has not ended is tried at once, whatever stands in its way. @param {string} id */
  async retry(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (u?.phase === "open") {
      engine.obstacles.again(u);
      return engine.hurry();
    }
    if (!u || !["failed", "expired", "refused"].includes(u.phase)) return;
    if (!this.hasRoom(u)) return this.notice(u, "crowded");
    const { uploadId: old } = u;
    await engine.anew.begin(u, "retry");
    if (old) engine.ports.api.cancel(old).catch(() => {});
  }

  /** It goes out, whatever the line costs. @param {string} id */
  sendNow(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (!u?.alive || u.sendsNow) return;
    u.become("sentNow");
    engine.journalWriter.save(u);
    engine.changed(u);
    engine.wake();
  }

  /** @param {string} id */
  dismiss(id) {
    const u = this.engine.uploads.get(id);
    if (!u || u.alive) return;
    if (u.undoable) this.engine.cancelling.begin(u);
    // Of a cancelled one the journal keeps the wish until the server has heard it.
    if (u.phase !== "cancelled") this.engine.journalWriter.forget(u);
    if (u.uploadId) this.engine.changeFeed.dismiss(u.uploadId);
    this.engine.drop(u);
  }

  /** The file once more, chosen on its card. @param {string} id @param {File} file */
  async give(id, file) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (!u || !u.alive || !u.asksForFile) return;
    const { version } = u;
    const fits = await engine.recognition.fits(u, file, { chosen: true });
    if (engine.uploads.get(id) !== u || version !== u.version || !u.alive || !u.asksForFile) return;
    if (fits) return this.take(u, file, u.epoch);
    u.become("mistaken");
    engine.changed(u);
  }

  /**
   * Every part is hashed and offered again; the server knows which it has, so that a changed file cannot be mixed with the old one.
   * @param {Upload} u @param {File} file @param {number} [replaces] an epoch; what another browser has begun is replaced only by what is chosen on its card
   */
  async take(u, file, replaces = u.foreign ? 0 : u.epoch) {
    const { engine } = this;
    const { version: before } = u;
    u.become("counted", u.confirmedBytes); // still there, until its parts are named again
    u.parts.list([]);
    u.renew(engine.ports.newId(), file);
    const { version } = u;
    u.become("given", { lastModified: file.lastModified, replaces });
    engine.changed(u);
    await engine.copies.remove(before).catch(() => {}); // it may be of an older state of the file
    const saved = await engine.journalWriter.save(u);
    if (version !== u.version) return;
    if (saved) u.become("roomy");
    u.become("taken");
    engine.changed(u);
    engine.hurry();
  }
}

/** What two picks of one file have in common, wherever they lie. @param {Upload} u */
const alike = (u) => `${u.name}\u0000${u.size}\u0000${saidOf(u)}`;

/** Of a file that cannot be read nothing is known. @param {Pick} pick @param {import("../ports/ports.js").Read} read @returns {Promise<[File, Uint8Array]>} */
const headOf = async ({ file }, read) => [file, await readHead(file, HEAD, read).catch(() => new Uint8Array())];
