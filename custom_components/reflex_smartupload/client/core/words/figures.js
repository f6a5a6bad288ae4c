// Decides how figures, clocks and lists are written in the language that is spoken here. What one of them is made with is made once: that costs more than all else that a card shows.

import { BASE_LANGUAGE, language } from "./words.js";

/** @type {Map<string, any>} */
const made = new Map();

/** @template T @param {string} key @param {() => T} make @returns {T} */
const once = (key, make) => {
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
};

/** "1,000". @param {number} count */
export const wholeText = (count) => once(`whole ${language()}`, () => new Intl.NumberFormat(language())).format(count);

/** "2.10", with so many digits behind the point. @param {number} value @param {number} digits */
export const decimalText = (value, digits) => {
  const text = value.toFixed(digits);
  if (language() === BASE_LANGUAGE) return text;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return once(`decimal ${digits} ${language()}`, () => new Intl.NumberFormat(language(), options)).format(Number(text));
};

/** English has no clock of its own here: whoever reads it may live anywhere, and their browser knows where. */
const place = () => (language() === BASE_LANGUAGE ? [] : language());

/** "11:42" in the browser's own zone. @param {number | Date} at ms since 1970 */
export const clockText = (at) => once(`clock ${language()}`, () => new Intl.DateTimeFormat(place(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })).format(at);

/** "3 Mar 2026". @param {Date} at @param {boolean} year whether it is said */
export const dayText = (at, year) => once(`day ${year} ${language()}`, () => new Intl.DateTimeFormat(place(), { day: "numeric", month: "short", ...(year && { year: "numeric" }) })).format(at);

/** "one, two, three". @param {readonly string[]} some */
export const listText = (some) => once(`list ${language()}`, () => new Intl.ListFormat(language(), { type: "unit", style: "short" })).format(some);
