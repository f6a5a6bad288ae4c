// Decides which event a refusal, an end or a pause is, and does what a move asks for: stop, write down, forget, take back.

import { ApiError } from "../ports/errors.js";
import { isOld } from "./age.js";
import { IllegalTransition } from "./transitions.js";

/** @typedef {import("./upload.js").Upload} Upload */
/** @typedef {"ready" | "blocked" | "failed" | "cancelled" | "expired"} End */
/**
 * @typedef {object} Above what it needs of the rooms above
 * @property {{split: (u: Upload) => Promise<void>}} anew
 * @property {{recut: (u: Upload, partSize: number) => Promise<void>}} copies
 * @property {{takeBack: (id: string) => Promise<unknown>, through: (id: string) => unknown}} handed
 * @property {{save: (u: Upload) => Promise<boolean>, note: (u: Upload) => Promise<void>, forget: (u: Upload) => Promise<void>, forgetEnded: (u: Upload) => Promise<void>, forgetBytes: (u: Upload) => Promise<void>}} journalWriter
 * @property {{remember: () => void}} lineRate
 */
/** @typedef {Pick<import("./context.js").Context, "ports" | "settings" | "named" | "drop" | "changed" | "wake"> & Above} Needs of the engine */

export class Outcomes {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * Tells an upload of an event and does what has to be done about it. What the table of phases does not have is a mistake of this engine:
   * tests stop at it, in the field it is reported and not obeyed.
   * @template {import("./state.js").Move} E
   * @param {Upload} u @param {E} event @param {import("./state.js").Facts<E>} facts
   */
  move(u, event, ...facts) {
    for (const effect of this.#moved(u, event, facts)) this.#do(u, effect);
  }

  /**
   * @template {import("./state.js").Move} E
   * @param {Upload} u @param {E} event @param {import("./state.js").Facts<E>} facts
   */
  #moved(u, event, facts) {
    const { emit, strict } = this.engine.ports;
    try {
      return u.move(event, ...facts);
    } catch (error) {
      if (strict || !(error instanceof IllegalTransition)) throw error;
      emit({ type: "log", text: `${u.id}: ${error.message}` });
      return [];
    }
  }

  /** @param {Upload} u @param {import("./state.js").Effect} effect */
  #do(u, [effect, id = ""]) {
    const { engine } = this;
    const { journalWriter } = engine;
    if (effect === "halt") u.halt();
    else if (effect === "own") u.keepAll();
    else if (effect === "restart") u.restart();
    else if (effect === "takeBack") engine.handed.takeBack(id);
    else if (effect === "through") engine.handed.through(id);
    else if (effect === "save") journalWriter.save(u);
    else if (effect === "forget") journalWriter.forgetEnded(u);
    else if (effect === "forgetBytes") journalWriter.forgetBytes(u).catch(() => {});
    else if (effect === "announce") engine.ports.emit({ type: "ended", id: u.id, state: u.phase });
    else if (effect === "remember") engine.lineRate.remember();
    else if (effect === "changed") engine.changed(u);
    else engine.wake();
  }

  /** No part left to claim: either all are on their way, or bytes are missing here. @param {Upload} u */
  exhausted(u) {
    if (u.claimed.size || u.allConfirmed || u.needsFile || u.kept) return;
    u.become("looked", true);
    this.engine.changed(u);
  }

  /** What the server is making the file of, what is paused and what has ended there is nothing to pause. @param {Upload} u */
  paused(u) {
    if (u.phase === "new" || u.phase === "open") this.move(u, "pause");
  }

  /** @param {Upload} u @param {number} number */
  partConfirmed(u, number) {
    const { engine } = this;
    engine.journalWriter.note(u);
    const { cut } = u.version;
    // The upload may still be opened anew for this version, and the part is wanted once more then.
    if (!u.mayReplace && cut.free(number)) engine.ports.partFiles.remove(cut.key, number).catch(() => {});
    if (u.version.stagedKind === "opfs" && u.journaled) u.become("roomy"); // there is room again
    if (!u.parts.hasNext(u.partCount)) this.exhausted(u);
    engine.changed(u, true);
    engine.wake();
  }

  /** The upload has its name at the server; a card that stood for it goes, with all that was done for it. @param {Upload} u @param {string} uploadId */
  name(u, uploadId) {
    const { engine } = this;
    for (const other of engine.named(uploadId)) {
      if (other === u) continue;
      other.halt();
      other.become("hide"); // what is under way for it writes nothing down any more
      engine.drop(other);
      if (other.journaled) engine.journalWriter.forget(other);
    }
    u.become("named", uploadId);
  }

  /** The store had lost the multipart upload: everything is sent again, from what is staged here. @param {Upload} u @param {number} epoch */
  reopened(u, epoch) {
    this.move(u, "reopened", epoch);
  }

  /** The server cuts it into parts of another size. @param {Upload} u @param {number} partSize */
  recut(u, partSize) {
    const { engine } = this;
    const { version } = u;
    const done = engine.copies.recut(u, partSize);
    this.move(u, "recalled"); // it has bodies of the old length
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
    this.move(u, "declined", { code, detail, isOld: isOld(engine, u) });
    engine.ports.emit({ type: "log", text: `${u.id} refused: ${code} ${error}` });
  }

  /** @param {Upload} u @param {End} state @param {import("../ports/ports.js").ServerUpload} [answer] */
  ended(u, state, answer) {
    const at = answer?.completed_at ? Date.parse(answer.completed_at) : this.engine.ports.clock.wall();
    const why = state === "expired" ? { code: "expired", text: "" } : null;
    this.move(u, state === "cancelled" && u.withdrawn ? "settled" : state, { at, fault: answer?.error ? { code: answer.error.code, text: answer.error.detail } : why });
  }
}
