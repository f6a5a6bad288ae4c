// Decides which of the languages that are there somebody is spoken to in, by those that they would like, the first first.

import { BASE_LANGUAGE } from "./words.js";

/**
 * "de-AT" is content with "de", not the other way round: who asks for one kind of a language may not read another.
 * @param {readonly string[]} wanted tags, as a browser lists them @param {readonly string[]} offered
 * @returns {string} one of those that are offered, English where none is wanted
 */
export const negotiate = (wanted, offered) => {
  for (const tag of wanted) {
    const pieces = tag.toLowerCase().split("-");
    for (let count = pieces.length; count > 0; count -= 1) {
      const found = offered.find((one) => one.toLowerCase() === pieces.slice(0, count).join("-"));
      if (found) return found;
    }
  }
  return BASE_LANGUAGE;
};
