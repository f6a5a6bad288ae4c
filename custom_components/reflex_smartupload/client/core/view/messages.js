// Decides how sizes, speeds, times, numbers and states read.

import { decimalText } from "../words/figures.js";
import { isSaid, say } from "../words/words.js";

const UNITS = ["size-bytes", "size-kb", "size-mb", "size-gb", "size-tb"];

/** @param {number} bytes */
const scale = (bytes) => {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return { value, unit };
};

/** Digits behind the point. @param {number} value @param {number} unit */
const digitsOf = (value, unit) => {
  if (unit === 0 || value >= 99.5) return 0;
  return (value >= 9.95 ? 0 : 1) + (unit > 2 ? 1 : 0);
};

/** @param {number} value @param {number} unit */
const figure = (value, unit) => decimalText(value, digitsOf(value, unit));

/** @param {string} written @param {number} value @param {number} unit */
const withUnit = (written, value, unit) => say(UNITS[unit], { figure: written, count: Math.round(value) });

/** "2.14 GB"; decimal units, as file managers and drives show them. @param {number} bytes */
export const sizeText = (bytes) => {
  const { value, unit } = scale(bytes);
  return withUnit(figure(value, unit), value, unit);
};

/** "5 TB": a round figure, for limits. @param {number} bytes */
export const roundSizeText = (bytes) => {
  const { value, unit } = scale(bytes);
  const [, behind = ""] = String(Number(value.toFixed(digitsOf(value, unit)))).split(".");
  return withUnit(decimalText(value, behind.length), value, unit);
};

/** "1.31 of 2.14 GB". @param {number} done @param {number} size */
export const amountText = (done, size) => {
  if (done >= size) return sizeText(size);
  const { unit } = scale(size);
  return say("size-of", { done: figure(done / 1000 ** unit, unit), size: sizeText(size) });
};

/** "6.2 MB/s"; empty when nothing can be said. @param {number} rate bytes per second */
export const speedText = (rate) => (rate >= 1 ? say("speed", { size: sizeText(rate) }) : "");

/** "4–6 min". @param {import("../sending/forecast.js").Range} left seconds */
export const spanText = ({ low, high }) => {
  if (high < 5) return say("time-few");
  const [per, unit] = high < 90 ? [5, "s"] : high < 5400 ? [60, "min"] : [3600, "h"];
  const step = unit === "s" ? 5 : 1;
  const from = Math.max(1, Math.round(low / per)) * step;
  const to = Math.max(1, Math.ceil(high / per - 0.2)) * step;
  return from >= to ? say(`time-about-${unit}`, { to }) : say(`time-range-${unit}`, { from, to });
};

/** "4–6 min left". @param {import("../sending/forecast.js").Range | null} left seconds */
export const timeText = (left) => (left ? say("time-left", { time: spanText(left) }) : "");

/** The short label in the card's icon: "MOV". @param {string} name */
export const kindText = (name) => {
  const at = name.lastIndexOf(".");
  const ending = at > 0 ? name.slice(at + 1) : "";
  return /^[a-z0-9]{1,4}$/i.test(ending) ? ending.toUpperCase() : say("kind-file");
};

/** A state or a reason in words; nothing for one that needs none. @param {string} code @param {Record<string, string | number>} [values] */
export const wordsFor = (code, values) => {
  const key = `state-${code}`;
  return isSaid(key) ? say(key, values) : "";
};

/** "1,000 files". @param {number} count */
export const filesText = (count) => say("count-files", { count });

/** "251 of 1,000 files" @param {number} there @param {number} all */
export const countText = (there, all) => say("count-of-files", { there, all });

/** Of files that were given together: their folder's, or how many there are. @param {string} path @param {number} files */
export const groupName = (path, files) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : filesText(files));

/** Until it is safe to leave: how long nobody knows yet. @param {number} unsafe bytes */
export const momentText = (unsafe) => (unsafe > 0 ? say("leaving-moment-size", { size: sizeText(unsafe) }) : say("leaving-moment"));
