// Which uploaders a page has, what each says of the files that it takes, and which of them takes what is dropped or pasted somewhere.

/** @typedef {import("../../core/engine/rules.js").Rules} Rules */
/** @typedef {import("../../core/engine/rules.js").Said} Said */
/** @typedef {{name: string, rules?: Rules, metadata?: Record<string, unknown>, isKnown?: boolean}} Uploader as the page describes it now, and whether it can: values of a State come from the server; the one without a name is the page's default */
/** @typedef {{describe: () => Uploader, zone: () => unknown}} Part of an uploader on the page: what it says is asked for at every pick, and so is the element in which it takes files */

/** @typedef {Said & {later?: Promise<Saying>, fault?: string}} Saying what is said of files, or will be once it is known, or a code of errors.js: why it cannot be said */

/** @type {Part} */
const DEFAULT = { describe: () => ({ name: "" }), zone: () => null };

/** @type {Set<Part>} */
const here = new Set();

/** What has to be said of files, and is not known yet. @type {Set<{part: Part, tell: (said: Saying) => void}>} */
const asked = new Set();

/** A part of an uploader is on the page. @param {Part} part @returns {() => void} it is no more */
export const register = (part) => {
  here.add(part);
  look();
  return () => void here.delete(part);
};

/** Some part may know now what it says. */
export const look = () => {
  for (const one of asked) {
    const part = here.has(one.part) ? one.part : onlyOf([...here].filter((other) => other.describe().name === one.part.describe().name));
    if (!part || !knows(part)) continue;
    asked.delete(one);
    one.tell(told(part));
  }
};

/** @param {Part} part */
const knows = (part) => part.describe().isKnown ?? true;

/** The default's rule stands at its zone, since nothing else of it is configured. @param {Uploader} uploader @returns {Rules} */
const rulesOf = ({ name, rules = {} }) => (name === "" && globalThis.document?.querySelector('[data-uploader=""][data-system-files]') ? { ...rules, systemFiles: true } : rules);

/** @param {Part} part @returns {Saying} */
const told = (part) => {
  const { name, metadata = {} } = part.describe();
  const rules = rulesOf(part.describe());
  const wrong = Object.keys(metadata).filter((key) => !isExact(metadata[key]));
  if (!wrong.length) return { uploader: name, metadata: textsOf(metadata), rules };
  // For whoever makes the page.
  console.error(`[smartupload] ${wrong.join(", ")} in the metadata of the uploader ${name}: a browser cannot hold a whole number above 2^53. Pass it as a text.`);
  return { uploader: name, fault: "metadata_inexact" };
};

/** A whole number above 2^53 has lost its last digits before a page sees it. @param {unknown} value @returns {boolean} */
const isExact = (value) => {
  if (typeof value === "number") return !Number.isInteger(value) || Number.isSafeInteger(value);
  return value === null || typeof value !== "object" || Object.values(value).every(isExact);
};

/** What goes with the files that this part takes now. What it does not know yet it says later, or another part of its uploader does where it has left the page. @param {Part} part @returns {Saying} */
export const saidBy = (part) => (knows(part) ? told(part) : { uploader: part.describe().name, rules: rulesOf(part.describe()), later: new Promise((tell) => asked.add({ part, tell })) });

/** What a page knows only as a number or a truth value is written down, what it does not know is left out. @param {Record<string, unknown>} metadata @returns {Record<string, string>} */
const textsOf = (metadata) =>
  Object.fromEntries(Object.entries(metadata).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, typeof value === "string" ? value : JSON.stringify(value)]])));

/** The one of all these that say the same; null where they do not, or there is none. @param {Part[]} parts */
const onlyOf = (parts) => (new Set(parts.map((part) => JSON.stringify(part.describe()))).size === 1 ? parts[0] : null);

/** Why nothing is taken: the page has no place for files, or several, and nobody can say which is meant. @typedef {"none" | "several"} Nobody */

/**
 * Which part takes what is dropped there: one in this very zone, else one of the uploader whose zone it is, else the default, else the only one.
 * @param {{zone: unknown, name: string} | null} place @param {Iterable<Part>} parts of the page @returns {Part | Nobody}
 */
export const takerOf = (place, parts) => {
  const all = [...parts];
  const named = (/** @type {string} */ name) => all.filter((part) => part.describe().name === name);
  const inside = place && all.findLast((part) => part.zone() === place.zone);
  if (inside) return inside;
  if (place?.name === "") return DEFAULT;
  const own = place ? named(place.name) : [];
  if (own.length) return onlyOf(own) ?? "several";
  return named("")[0] ?? onlyOf(all) ?? (all.length ? "several" : "none");
};

/** @param {EventTarget | null} target @returns {Saying | Nobody} */
export const takerAt = (target) => {
  const zone = target instanceof Element ? zoneOf(target) : null;
  const anywhere = document.querySelector('[data-uploader=""]') ? [DEFAULT] : []; // a place for files without an input in it
  const part = takerOf(zone && { zone, name: zone.getAttribute("data-uploader") ?? "" }, [...anywhere, ...here]);
  return typeof part === "string" ? part : saidBy(part);
};

/**
 * The zone of an uploader in which this element is. An input is one of its own, and so is the label through which people see it.
 * @param {Element} element @returns {Element | null}
 */
export const zoneOf = (element) => {
  const found = element.closest("[data-uploader], label");
  if (!found || found.hasAttribute("data-uploader")) return found;
  const { control } = /** @type {HTMLLabelElement} */ (found);
  if (control?.hasAttribute("data-uploader")) return control;
  return found.parentElement && zoneOf(found.parentElement);
};
