// What an app says in the place of the package, in English, and where the words of other languages are. Its build writes another one in
// this place (plugin.py), and beside it what only the app says; this one stands in node, and in an app without the plugin.

/** In Fluent's format. */
export const ENGLISH = "";

/** Of these, what stands in the place of the client's own: the engine is given it as well. */
export const WORDS = "";

/** Each language in itself. @type {Record<string, string>} */
export const NAMES = { en: "English" };

/** By the tag of a language: `words` of the client, which the engine is given as well, and `pages`. @type {Record<string, () => Promise<{words: string, pages: string}>>} */
export const OTHERS = {};
