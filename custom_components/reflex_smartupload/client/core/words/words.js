// Decides what is said for a key: the sentence of the language that is spoken here, else the English one, with its arguments put in.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import { ENGLISH } from "./english.js";

/** @typedef {Record<string, string | number>} Values */

/** The language in which everything is written, and which is spoken until another one is chosen. */
export const BASE_LANGUAGE = "en";

/** Languages that are written from right to left. `Intl.Locale` can tell, but not in Firefox. */
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** @param {string} language @param {string} texts in Fluent's format */
const bundleOf = (language, texts) => {
  // Names are set apart where they are put in (`core/files/direction`), and English has no signs that nobody sees.
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(texts), { allowOverrides: true });
  return bundle;
};

const english = bundleOf(BASE_LANGUAGE, ENGLISH);
/** First the one that is spoken. */
let bundles = [english];
let spoken = BASE_LANGUAGE;

/** The tag of the language that is spoken here: what `Intl` takes. */
export const language = () => spoken;

/** @param {string} [of] another language */
export const isRightToLeft = (of = spoken) => RIGHT_TO_LEFT.has(of.split("-")[0]);

/** More sentences in English, or others in the place of some: those of the app around. @param {string} texts @param {boolean} [instead] false: what is said already stays */
export const addEnglish = (texts, instead = true) => english.addResource(new FluentResource(texts), { allowOverrides: instead });

/** From now on everything is said in this language. @param {string} chosen its tag @param {string} [texts] its sentences; one that it has not is said in English */
export const useLanguage = (chosen, texts = "") => {
  spoken = chosen;
  bundles = texts.trim() === "" && chosen === BASE_LANGUAGE ? [english] : [bundleOf(chosen, texts), english];
};

/**
 * The sentence of a key; the key itself where there is none.
 * @param {string} key
 * @param {Values} [values] by the names of its arguments
 */
export const say = (key, values) => {
  for (const bundle of bundles) {
    const value = bundle.getMessage(key)?.value;
    // An argument that is missing is shown by its name, instead of an error in the middle of a page.
    if (value) return bundle.formatPattern(value, values, []);
  }
  return key;
};

/** Is there a sentence for it? @param {string} key */
export const isSaid = (key) => bundles.some((bundle) => bundle.hasMessage(key));
