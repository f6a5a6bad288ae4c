// Decides how an upload begins once more under a new name at the server: because the person tries again, or because the old name
// belongs to another version of the file.

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "changed" | "hurry"> & {outcomes: import("../upload/outcomes.js").Outcomes, copies: import("../staging/copies.js").Copies, journalWriter: import("../journal/writer.js").JournalWriter, reader: import("../sending/reader.js").Reader, recovery: {list: () => Promise<void>}}} Needs of the engine */

export class Anew {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** From the start. @param {Upload} u @param {"retry" | "split"} event */
  async begin(u, event) {
    const { engine } = this;
    engine.outcomes.move(u, event, engine.ports.newId());
    const { version } = u;
    await engine.copies.recut(u, 0); // the line may have another speed today, and the parts another size
    if (version !== u.version || !u.alive) return u.become("taken"); // whoever has it now goes on with it, and so does its owner when back
    u.become("looked", !(u.source || u.snapshot));
    if (!(await engine.journalWriter.save(u)) && u.alive) u.become("unstaged", "none");
    u.become("taken");
    engine.changed(u);
    engine.hurry();
  }

  /** Another browser sends another version under this name. What is here becomes a file of its own when it is whole, else it has to be shown once more. @param {Upload} u */
  async split(u) {
    const { engine } = this;
    engine.ports.emit({ type: "log", text: `${u.id}: another version of the file has its name at the server` });
    const { uploadId } = u;
    if (u.isWhole) {
      await this.begin(u, "split");
      if (u.uploadId !== uploadId) engine.recovery.list(); // the other one gets a card of its own
      return;
    }
    engine.reader.ask(u, true, "other_version");
    engine.changed(u);
  }
}
