// Decides what is done with all files of a group at once, and with those of it that a page gives only afterwards.

import { UNDO } from "../ports/pages.js";

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {"pause" | "resume" | "cancel" | "withdraw" | "undo" | "retry" | "sendNow" | "dismiss"} Command */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "uploads">} Needs of the engine */

export class GroupCommands {
  /** Of which all were paused: a page may still have more of them to give. @type {Set<string>} */
  #paused = new Set();

  /** Of which all are sent, whatever the line costs. @type {Set<string>} */
  #sentNow = new Set();

  /** Of which all were cancelled, what stops the time in which that can be undone: what comes of them meanwhile is cancelled as well. @type {Map<string, () => void>} */
  #withdrawn = new Map();

  /** Of which all were cancelled for good. @type {Set<string>} */
  #givenUp = new Set();

  /** @param {Needs} engine @param {Record<Command, (id: string) => unknown>} commands for one file */
  constructor(engine, commands) {
    this.engine = engine;
    this.commands = commands;
  }

  /** @param {Command} does @param {string} group */
  all(does, group) {
    const { clock, emit } = this.engine.ports;
    if (does === "pause") this.#paused.add(group);
    else if (does === "sendNow") this.#sentNow.add(group);
    else if (does !== "retry" && does !== "withdraw" && does !== "undo") this.#paused.delete(group);
    const all = this.#of(group);
    // A group goes as a whole: as long as one of its files is on its way, those that are there count.
    if (does === "dismiss" && all.some((u) => u.alive)) return;
    if (does === "withdraw") this.#withdrawn.set(group, clock.after(UNDO, () => this.#giveUp(group)));
    else if (does === "undo" && this.#stopTime(group)) emit({ type: "undone", id: group });
    else if (does === "cancel" || does === "dismiss") this.#giveUp(group);
    for (const { id } of all) this.commands[does](id);
  }

  /** One that comes shares what was done to the others. @param {Upload} u */
  came(u) {
    if (this.#sentNow.has(u.group)) this.commands.sendNow(u.id);
    if (this.#paused.has(u.group)) this.commands.pause(u.id);
    if (this.#withdrawn.has(u.group)) this.commands.withdraw(u.id);
  }

  /** Nothing of it is taken any more. @param {string} group */
  isGivenUp(group) {
    return this.#givenUp.has(group);
  }

  /** @param {string} group */
  #of(group) {
    return [...this.engine.uploads.values()].filter((u) => u.group === group);
  }

  /** @param {string} group @returns {boolean} whether there was such a time */
  #stopTime(group) {
    this.#withdrawn.get(group)?.();
    return this.#withdrawn.delete(group);
  }

  /** The time is over: those that came late go with the others. @param {string} group */
  #giveUp(group) {
    if (!this.#stopTime(group)) return;
    this.#givenUp.add(group);
    this.engine.ports.emit({ type: "given-up", id: group });
    for (const u of this.#of(group)) if (u.undoable) this.commands.cancel(u.id);
  }
}
