// Decides what waits for somebody to sign in, and what of a tab is theirs who then does.

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "settings" | "alive" | "changed" | "hurry"> & {recovery: {list: () => Promise<void>}}} Needs of the engine */
/** @typedef {{ask: () => unknown, settle: () => unknown, unproven: () => Upload[], refused: Set<Upload>, takeIn: (found: Upload[]) => void}} Owners whose uploads are shown */

export class SignIn {
  /** What pages that have just come picked in their tab before anybody had signed in there, until it is known who is here. @type {Set<string>} */
  #brought = new Set();

  /** @param {Needs} engine @param {Owners} owners */
  constructor(engine, owners) {
    this.engine = engine;
    this.owners = owners;
  }

  /** The server knows nobody here: what it has signed goes on, all else waits. */
  get isSignedOut() {
    return this.engine.settings.signed_in === false;
  }

  /** An answer says so. */
  signedOut() {
    if (!this.isSignedOut) this.owners.ask();
  }

  /** The server has said who is here, and whether they have signed in. @param {import("../ports/ports.js").Settings} before */
  told(before) {
    const { engine, isSignedOut, owners } = this;
    if (isSignedOut !== (before.signed_in === false)) {
      for (const u of engine.alive()) engine.changed(u);
      if (!isSignedOut) {
        engine.hurry();
        engine.recovery.list();
        owners.settle();
      }
    }
    this.#takeBrought();
  }

  /** A page has come whose tab picked these before: if somebody has signed in there since, they are theirs. @param {string[]} ids */
  bring(ids) {
    for (const id of ids) this.#brought.add(id);
  }

  /** Only what its page brings along when it comes: who signs in in another tab gets nothing of a page that stays. */
  #takeBrought() {
    const { engine, owners } = this;
    const found = [...owners.unproven(), ...owners.refused].filter((u) => u.hidden && !u.uploadId && this.#brought.has(u.id));
    this.#brought.clear();
    if (!engine.settings.anonymous && !this.isSignedOut && found.length) owners.takeIn(found);
  }
}
