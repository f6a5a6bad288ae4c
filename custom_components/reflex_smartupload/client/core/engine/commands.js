// Decides what a person's command does: add, pause, resume, cancel, retry, dismiss, and the file given once more.

import { sentence } from "../ports/errors.js";
import { roundSizeText, sizeText } from "../view/messages.js";
import { Upload } from "../upload/upload.js";

/** ms for which a card says that the file was dropped twice. */
const NOTICE = 8000;

/** @typedef {{id: string, file: File, path: string}} Pick */

export class Commands {
  /** @param {import("./engine.js").Engine} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * @param {Pick[]} picks
   * @returns {Promise<void>} when the journal knows them
   */
  async add(picks) {
    const { engine } = this;
    const { clock, journal } = engine.ports;
    const known = new Map();
    const waiting = new Map();
    for (const u of engine.alive()) {
      known.set(u.fingerprint, u);
      if (u.asksForFile) waiting.set(`${u.name}\u0000${u.size}`, u);
    }
    const added = [];
    for (const { id, file, path } of picks) {
      const heard = engine.uploads.get(id);
      if (heard) {
        this.offered(heard, file);
        continue;
      }
      if (engine.owners.hidden.has(id)) {
        engine.publisher.removed(id); // a tab from before still holds it
        continue;
      }
      const u = new Upload({
        id, key: id, name: file.name, path, type: file.type, size: file.size, lastModified: file.lastModified, addedAt: clock.wall(), owner: engine.owners.tag,
      });
      const same = waiting.get(`${u.name}\u0000${u.size}`) ?? known.get(u.fingerprint);
      if (same) this.again(u, same, file);
      else if (this.check(u)) {
        u.source = file;
        engine.uploads.set(u.id, u);
        known.set(u.fingerprint, u);
        added.push(u);
        engine.changed(u);
      }
    }
    try {
      await journal.save(added.map((u) => u.entry()));
      added.forEach((u) => (u.journaled = true));
    } catch (error) {
      engine.ports.emit({ type: "log", text: `journal: ${error}` });
      added.forEach((u) => (u.noStaging = "none")); // it goes on, but a closed window would lose it, and the card says so
    }
    for (const u of added) {
      u.taken = true;
      engine.changed(u);
    }
    engine.wake();
  }

  /** A page says again what it holds, because the engine began anew or did not answer. @param {Upload} u @param {File} file */
  offered(u, file) {
    if (!u.alive || u.source || u.snapshot) return;
    if (u.asksForFile) this.give(u.id, file);
    else Object.assign(u, { source: file, cursor: 1 }); // parts that were passed over are here now
    this.engine.wake();
  }

  /** The same file once more: the running upload instead of a second one. @param {Upload} u @param {Upload} same @param {File} file */
  again(u, same, file) {
    const { engine } = this;
    engine.publisher.removed(u.id);
    if (!(same.source || same.snapshot)) return this.offered(same, file);
    same.notice = "duplicate";
    engine.changed(same);
    engine.ports.emit({ type: "duplicate", id: same.id });
    engine.ports.clock.after(NOTICE, () => {
      same.notice = "";
      engine.changed(same);
    });
  }

  /** What can be said without asking the server. @param {Upload} u */
  check(u) {
    const { max_file_size: limit } = this.engine.settings;
    if (u.size === 0) this.turnAway(u, "empty_file");
    else if (limit && u.size > limit) this.turnAway(u, "file_too_large", { limit: roundSizeText(limit) });
    else return true;
    return false;
  }

  /** A card that says why a file is not taken. @param {Upload} u @param {string} code @param {Record<string, string>} [values] */
  turnAway(u, code, values = {}) {
    const { engine } = this;
    engine.move(u, "refused");
    u.fault = { code, text: sentence(code, { name: u.name, size: sizeText(u.size), ...values }) };
    u.finishedAt = engine.ports.clock.wall();
    engine.uploads.set(u.id, u);
    engine.changed(u);
  }

  /** @param {{id: string, name: string, code: string}} refusal something that is no file */
  refuse({ id, name, code }) {
    this.turnAway(new Upload({ id, key: id, name, size: 0, owner: this.engine.owners.tag }), code);
  }

  /** A file that can be found again on the next visit, with one click and no search. @param {{id: string, handle: FileSystemFileHandle}} found */
  remember({ id, handle }) {
    const u = this.engine.uploads.get(id);
    if (!u || !u.alive || u.handle) return;
    u.handle = handle;
    if (u.journaled) this.engine.keeper.save(u);
  }

  /** @param {string} id */
  pause(id) {
    const u = this.engine.uploads.get(id);
    if (!u || !["new", "open"].includes(u.phase)) return;
    this.engine.pauseUpload(u);
  }

  /** @param {string} id */
  resume(id) {
    const u = this.engine.uploads.get(id);
    if (!u || u.phase !== "paused") return;
    this.engine.move(u, u.uploadId ? "resume" : "restart");
    this.engine.keeper.save(u);
    this.engine.changed(u);
    this.engine.hurry();
  }

  /** @param {string} id */
  async cancel(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (!u || !u.alive) return;
    engine.ended(u, "cancelled");
    await engine.keeper.save(u);
    await engine.keeper.forgetBytes(u).catch(() => {});
    await engine.lifecycle.tellCancelled(u);
  }

  /** Once more from the start, under a new name at the server. @param {string} id */
  async retry(id) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (!u || !["failed", "expired", "refused"].includes(u.phase)) return;
    const old = u.uploadId;
    engine.move(u, "retry");
    u.reopen(0);
    Object.assign(u, {
      key: engine.ports.newId(), uploadId: "", partSize: 0, shareUrl: "", fault: null, serverState: "", finishedAt: 0, synced: false,
      pausedAtServer: false, needsFile: !(u.source || u.snapshot) && !u.stagedParts.size,
    });
    if (!(await engine.keeper.save(u))) u.noStaging = "none";
    u.taken = true;
    engine.changed(u);
    engine.hurry();
    if (old) engine.ports.api.cancel(old).catch(() => {});
  }

  /** @param {string} id */
  dismiss(id) {
    const u = this.engine.uploads.get(id);
    if (!u || u.alive) return;
    // Of a cancelled one the journal keeps the wish until the server has heard it.
    if (u.phase !== "cancelled") this.engine.keeper.forget(u);
    if (u.uploadId) this.engine.news.dismissed.add(u.uploadId);
    this.engine.drop(u);
  }

  /**
   * The file once more. Every part is hashed and offered again; the server knows which it has, so that a changed file cannot be
   * mixed with the old one.
   * @param {string} id @param {File} file
   */
  async give(id, file) {
    const { engine } = this;
    const u = engine.uploads.get(id);
    if (!u || !u.alive || !u.asksForFile) return;
    if (file.size !== u.size) {
      u.fault = { code: "other_file", text: "" };
      return engine.changed(u);
    }
    u.halt();
    u.confirmedElsewhere = u.confirmedBytes; // still there, until its parts are named again
    u.confirmed.clear();
    u.hashes.clear();
    u.stagedParts.clear(); // they may be of an older state of the file
    u.readFaults.clear();
    Object.assign(u, { source: file, needsFile: false, fault: null, foreign: false, noStaging: "none", trusted: u.uploadId ? new Set() : null });
    engine.changed(u);
    if (u.stagedKind === "opfs") await engine.ports.partFiles.removeAll(u.id).catch(() => {});
    if (u.stagedKind === "snapshot") u.stagedKind = "";
    if (await engine.keeper.save(u)) u.noStaging = "";
    u.taken = true;
    engine.changed(u);
    engine.hurry();
  }
}
