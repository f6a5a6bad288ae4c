// The runs that failed once, in their shortest form. `open` says which fault of the engine one still shows; without it, it has to pass.

import { mkdirSync, readdirSync, readFileSync } from "node:fs";

export const SEEDS = new URL("./seeds/", import.meta.url);
mkdirSync(SEEDS, { recursive: true });

/** @typedef {{name: string, rule: string, open: string, run: import("./play.js").Run}} Saved */

/** @returns {Saved[]} */
export const saved = () =>
  readdirSync(SEEDS)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, SEEDS), "utf8")) }));

/** The rules that are known to be broken as long as those faults are there. */
export const open = () => new Set(saved().filter((one) => one.open).map((one) => one.rule));
