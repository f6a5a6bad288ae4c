// Decides what an answer or an event makes of an upload: its phase, what is written down of it, and who is told.

import { ApiError } from "../ports/errors.js";
import { isOld } from "./age.js";
import { IllegalTransition } from "./transitions.js";

/** Errors of the create call that are about the file, not about an upload. */
const REFUSALS = new Set(["empty_file", "file_too_large", "type_not_allowed", "type_mismatch", "owner_quota_exceeded", "bad_name", "invalid_request"]);

/** @typedef {import("./upload.js").Upload} Upload */
/** @typedef {"ready" | "blocked" | "failed" | "cancelled" | "expired"} End */
/**
 * @typedef {object} Above what it needs of the rooms above
 * @property {{split: (u: Upload) => Promise<void>}} anew
 * @property {{recut: (u: Upload, partSize: number) => Promise<void>}} copies
 * @property {{takeBack: (id: string) => Promise<unknown>}} handed
 * @property {{save: (u: Upload) => Promise<boolean>, note: (u: Upload) => Promise<void>, forget: (u: Upload) => Promise<void>, forgetBytes: (u: Upload) => Promise<void>}} journalWriter
 * @property {{remember: () => void}} lineRate
 */
/** @typedef {Pick<import("./context.js").Context, "ports" | "settings" | "uploads" | "drop" | "changed" | "wake"> & Above} Needs of the engine */

export class Outcomes {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * The one way in which a phase changes. What the table does not have is a mistake of this engine: tests stop at it, in the field it is
   * reported and not obeyed.
   * @template {import("./state.js").Event} E
   * @param {Upload} u @param {E} event @param {import("./state.js").Facts<E>} facts
   */
  move(u, event, ...facts) {
    const { engine } = this;
    try {
      u.become(event, ...facts);
    } catch (error) {
      if (engine.ports.strict || !(error instanceof IllegalTransition)) throw error;
      engine.ports.emit({ type: "log", text: `${u.id}: ${error.message}` });
    }
  }

  /** No part left to claim: either all are on their way, or bytes are missing here. @param {Upload} u */
  exhausted(u) {
    if (u.claimed.size || u.allConfirmed || u.needsFile || u.kept) return;
    u.become("looked", true);
    this.engine.changed(u);
  }

  /** What the server is making the file of, what is paused and what has ended there is nothing to pause. @param {Upload} u */
  paused(u) {
    if (u.phase !== "new" && u.phase !== "open") return;
    const { engine } = this;
    const { handedTo } = u;
    u.halt();
    this.move(u, "pause");
    engine.journalWriter.save(u);
    engine.changed(u);
    if (handedTo) engine.handed.takeBack(handedTo);
    engine.wake();
  }

  /** @param {Upload} u @param {number} number */
  partConfirmed(u, number) {
    const { engine } = this;
    engine.journalWriter.note(u);
    const { key, staged } = u.version.cut;
    if (staged.delete(number)) engine.ports.partFiles.remove(key, number).catch(() => {});
    if (u.version.stagedKind === "opfs" && u.journaled) u.become("roomy"); // there is room again
    if (!u.parts.hasNext(u.partCount)) this.exhausted(u);
    engine.changed(u, true);
    engine.wake();
  }

  /** The upload has its name at the server; a card that stood for it goes, with all that was done for it. @param {Upload} u @param {string} uploadId */
  adopt(u, uploadId) {
    const { engine } = this;
    for (const other of engine.uploads.values()) {
      if (other === u || other.uploadId !== uploadId) continue;
      other.halt();
      other.become("hide"); // what is under way for it writes nothing down any more
      engine.drop(other);
      if (other.journaled) engine.journalWriter.forget(other);
    }
    u.become("named", uploadId);
  }

  /** What the browser has of it is worth nothing any more. @param {Upload} u */
  recall(u) {
    const { handedTo } = u;
    u.keepAll();
    if (handedTo) this.engine.handed.takeBack(handedTo);
  }

  /** The store had lost the multipart upload: everything is sent again, from what is staged here. @param {Upload} u @param {number} epoch */
  reopened(u, epoch) {
    const { engine } = this;
    this.recall(u);
    u.reopen(epoch);
    engine.journalWriter.save(u);
    engine.changed(u);
    engine.wake();
  }

  /** The server cuts it into parts of another size. @param {Upload} u @param {number} partSize */
  recut(u, partSize) {
    const { engine } = this;
    const { version } = u;
    const done = engine.copies.recut(u, partSize);
    this.recall(u);
    u.become("doubted");
    done.then(() => {
      if (version !== u.version || u.partSize !== partSize) return;
      u.parts.rewind();
      u.become("looked", u.alive && !u.handedTo && !u.foreign && !u.source && !u.snapshot);
      engine.journalWriter.save(u);
      engine.changed(u);
      engine.wake();
    });
  }

  /** @param {Upload} u @param {unknown} error */
  refused(u, error) {
    const { engine } = this;
    if (!u.alive) return; // it has ended meanwhile, or whoever is here now gets no answer for it
    const code = error instanceof ApiError ? error.code : "internal_error";
    if (code === "other_version" && u.phase === "open") return void engine.anew.split(u);
    const detail = error instanceof ApiError ? String(error.problem.detail ?? "") : "";
    const fault = { code: code || "internal_error", text: code === "upload_not_found" ? "" : detail };
    if (code === "upload_paused") this.move(u, "paused");
    else if ((code === "upload_not_open" || code === "upload_not_found") && u.synced) {
      this.move(u, "recovered"); // ask what it is
      u.become("doubted");
    } else this.move(u, REFUSALS.has(code) && !u.uploadId ? "refused" : "failed", { fault });
    u.halt();
    if (!u.alive) this.recall(u);
    if (code === "upload_not_found" && u.phase === "failed" && isOld(engine, u)) engine.journalWriter.forgetBytes(u).catch(() => {});
    if (u.phase === "refused" && code !== "owner_quota_exceeded") engine.journalWriter.forget(u);
    else engine.journalWriter.save(u);
    engine.changed(u);
    this.announce(u);
    engine.ports.emit({ type: "log", text: `${u.id} refused: ${code} ${error}` });
  }

  /** @param {Upload} u @param {End} state @param {import("../ports/ports.js").ServerUpload} [answer] */
  ended(u, state, answer) {
    const { engine } = this;
    u.halt();
    if (state === "ready") u.keepAll();
    else this.recall(u);
    const at = answer?.completed_at ? Date.parse(answer.completed_at) : engine.ports.clock.wall();
    const why = state === "expired" ? { code: "expired", text: "" } : null;
    this.move(u, state, { at, fault: answer?.error ? { code: answer.error.code, text: answer.error.detail } : why });
    if (!["failed", "expired", "cancelled"].includes(state)) engine.journalWriter.forget(u);
    else if (state === "expired") engine.journalWriter.forgetBytes(u).catch(() => {}); // staged bytes expire with their upload
    this.announce(u);
    if (state === "ready" && !u.foreign) engine.lineRate.remember();
    engine.changed(u);
  }

  /** For whoever wrote a handler for it. What another browser sent is that browser's to tell. @param {Upload} u */
  announce(u) {
    if (!u.foreign && ["ready", "blocked", "failed"].includes(u.phase)) this.engine.ports.emit({ type: "ended", id: u.id, state: u.phase });
  }
}
