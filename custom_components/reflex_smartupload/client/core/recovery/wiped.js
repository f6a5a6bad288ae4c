// Decides what still holds when the browser has wiped its own storage while the engine lives: what the person's files at hand still give, and nothing that was kept.

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "uploads" | "changed" | "wake"> & {copies: import("../staging/copies.js").Copies, journalWriter: import("../journal/writer.js").JournalWriter, owners: import("./owners.js").Owners}} Needs of the engine */

export class Wiped {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    engine.ports.journal.wiped(() => this.heard());
  }

  async heard() {
    const { owners, ports, uploads } = this.engine;
    ports.emit({ type: "log", text: "the browser has wiped its storage" });
    await Promise.all([...uploads.values(), ...owners.hidden.values()].map((u) => this.again(u)));
    if (owners.tag) ports.journal.saveOwner(owners.tag).catch(() => {});
    this.engine.wake();
  }

  /** @param {Upload} u */
  async again(u) {
    const { copies, journalWriter } = this.engine;
    const { version } = u;
    u.become("wiped");
    if (!u.alive || u.foreign) return;
    // Reads of a copy that is no more may never end: nothing that was begun with it is waited for.
    if (version.stagedKind) u.halt();
    version.copied(null);
    await copies.attach(u);
    if (version !== u.version) return; // another file was given meanwhile
    u.become("looked", u.alive && !u.handedTo && !u.source && u.safeBytes < u.size);
    this.engine.changed(u);
    await journalWriter.save(u);
    this.engine.changed(u);
  }
}
