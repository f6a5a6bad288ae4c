// An upload as a test wants it, and its card: what the tests of cards and of totals start from.

import { toCard } from "../../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { firstState } from "../../../../custom_components/reflex_smartupload/client/core/upload/state.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";

const STATE = new Set(Object.keys(firstState({ key: "", name: "" }, {})));
/** A line that brings 1 MB a second. @param {number} bytes */
export const left = (bytes) => ({ low: bytes / 1e6, high: bytes / 1e6 });
export const AROUND = { left, now: 100_000, away: "", turn: { until: 60e6, abreast: 1 }, speed: () => 1e6, stageRate: 1e6, stillSends: () => false, waitThreshold: 45 };

/** @param {Partial<Omit<Upload, "partSize" | "stagedParts">> & {partSize?: number, size?: number, stagedParts?: number[]}} [more] */
export const make = ({ size = 100, partSize = 10, stagedParts = [], confirmed = new Set(), claimed = new Set(), loaded = new Map(), source = new Blob(["x"]), snapshot = null, name = "film.mov", phase = "open", ...more } = {}) => {
  const split = (/** @type {boolean} */ isState) => Object.fromEntries(Object.entries(more).filter(([key]) => STATE.has(key) === isState));
  const u = new Upload({ id: "a", key: "a", name, size, partSize, phase, uploadId: "u1", shareUrl: "http://x/f/t" }, { journaled: true, synced: true, ...split(true) });
  for (const number of stagedParts) u.version.cut.stage(number, "h");
  u.parts.list(confirmed);
  claimed.forEach((number) => u.parts.claimNext(100, (one) => one === number));
  loaded.forEach((bytes, number) => u.parts.load(number, bytes));
  u.version.give(source);
  u.version.copied(snapshot);
  return Object.assign(u, split(false));
};
export const card = (/** @type {object} */ more = {}, /** @type {object} */ around = {}) => toCard(make(more), { ...AROUND, ...around });
