// Which uploaders a page has, what each says of the files that it takes, and which of them takes what is dropped or pasted somewhere.

/** @typedef {import("../../core/engine/rules.js").Rules} Rules */
/** @typedef {import("../../core/engine/rules.js").Said} Said */
/** @typedef {{name: string, rules?: Rules, metadata?: Record<string, unknown>}} Uploader as the page describes it now; the one without a name is the page's default */

/** @type {Set<() => Uploader>} */
const here = new Set();

/** A part of an uploader is on the page. @param {() => Uploader} describe asked again at every pick @returns {() => void} it is no more */
export const register = (describe) => {
  here.add(describe);
  return () => void here.delete(describe);
};

const names = () => new Set([...here].map((describe) => describe().name));

/** What goes with the files that this uploader takes now; the part that came last knows it best. @param {string} name @returns {Said} */
export const saidBy = (name) => {
  const { rules, metadata } = [...here].map((describe) => describe()).findLast((one) => one.name === name) ?? {};
  return { uploader: name, metadata: textsOf(metadata ?? {}), rules: rules ?? {} };
};

/** What a page knows only as a number or a truth value is written down, what it does not know is left out. @param {Record<string, unknown>} metadata @returns {Record<string, string>} */
const textsOf = (metadata) =>
  Object.fromEntries(Object.entries(metadata).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, typeof value === "string" ? value : JSON.stringify(value)]])));

/**
 * Which uploader takes what is dropped there: that of the place, else the default, else the only one; null when nobody can say.
 * @param {string | undefined} place name of the uploader whose zone it is @param {ReadonlySet<string>} those of the page
 */
export const takerOf = (place, those) => {
  if (place !== undefined && (place === "" || those.has(place))) return place;
  if (those.has("") || !those.size) return "";
  return those.size === 1 ? [...those][0] : null;
};

/** @param {EventTarget | null} target @returns {Said | null} */
export const takerAt = (target) => {
  const zone = target instanceof Element ? target.closest("[data-uploader]") : null;
  const those = names();
  if (document.querySelector('[data-uploader=""]')) those.add(""); // a place for files without an input in it
  const name = takerOf(zone?.getAttribute("data-uploader") ?? undefined, those);
  return name === null ? null : saidBy(name);
};
