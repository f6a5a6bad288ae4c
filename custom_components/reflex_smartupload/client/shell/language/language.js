// Decides which language a page speaks: what its person has chosen, else what the browser would like. English is there before anything is drawn,
// another one is fetched, once. Importable anywhere: no browser global is touched before begin().

import { negotiate } from "../../core/words/negotiation.js";
import { addEnglish, BASE_LANGUAGE, isRightToLeft, language, useLanguage } from "../../core/words/words.js";
import { ENGLISH as OF_APP, NAMES, OTHERS, WORDS } from "./catalogues.js";

addEnglish(OF_APP);

/** What the components and pages of one file of a catalogue say in English comes with the pages that say it; the app's own words for it are here already. @param {string} texts */
export const addRoom = (texts) => addEnglish(texts, false);

const COOKIE = "smartupload_language";
const YEAR = 31_536_000; // s

/** Languages that a person can choose, by tag and by the name that they have in themselves. @type {readonly {tag: string, name: string}[]} */
export const LANGUAGES = Object.freeze([BASE_LANGUAGE, ...Object.keys(OTHERS)].map((tag) => ({ tag, name: NAMES[tag] ?? tag })));

/** Of the client, for the engine. */
let words = WORDS;
/** @type {Set<() => void>} */
const listeners = new Set();
let asked = 0;

/** @param {() => void} listener */
export const subscribeLanguage = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const getLanguage = language;
/** As it was built. */
export const getLanguageBefore = () => BASE_LANGUAGE;

/** What this page speaks is known: until then it is English because it was built so, which is no news for the engine and other pages. */
let isKnown = false;
let isAwaited = false;

/** What the engine is told; nothing before it is known. @returns {{language?: string, words?: string}} */
export const spokenHere = () => {
  isAwaited ||= !isKnown;
  return isKnown ? { language: language(), words } : {};
};

const tell = () => {
  isKnown = true;
  isAwaited = false;
  for (const listener of listeners) listener();
};

/** The page is shown, whatever it says. */
const show = () => document.documentElement.removeAttribute("data-words");

/** It stays with what was there. */
const stay = () => {
  if (isAwaited) tell();
  isKnown = true;
  show();
};

const chosen = () => {
  try {
    return new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(document.cookie)?.[1] ?? "";
  } catch {
    return ""; // a page in a frame that may keep nothing
  }
};

/** By its cookie and its browser. */
const wanted = () => negotiate([chosen(), ...(globalThis.navigator?.languages ?? [])], LANGUAGES.map(({ tag }) => tag));

/** The words of each that was asked for; one that did not come is asked for again. @type {Map<string, Promise<{words: string, pages: string}>>} */
const fetched = new Map();

/** @param {string} tag */
const fetchWords = (tag) => {
  const coming = fetched.get(tag) ?? OTHERS[tag]();
  fetched.set(tag, coming);
  coming.catch(() => fetched.delete(tag));
  return coming;
};

/** @param {string} tag @returns {Promise<boolean>} false when its words did not come: all stays as it is */
const speak = async (tag) => {
  asked += 1;
  const asking = asked;
  try {
    const found = tag === BASE_LANGUAGE ? { words: WORDS, pages: "" } : await fetchWords(tag);
    if (asking !== asked) return true; // another one was chosen meanwhile
    words = found.words;
    useLanguage(tag, `${words}\n${found.pages}`);
  } catch {
    stay();
    return false;
  }
  Object.assign(document.documentElement, { lang: tag, dir: isRightToLeft(tag) ? "rtl" : "" });
  tell();
  show();
  return true;
};

/** Chosen on another page of this browser: what a server has said here is still in the one before. */
let followed = "";

/** The language that this page has followed another one to, once. */
export const takeFollowed = () => {
  const tag = followed;
  followed = "";
  return tag;
};

/** @param {string} tag @param {boolean} isOthers whether it was chosen on another page @returns {Promise<boolean>} false when it cannot be spoken */
const become = async (tag, isOthers) => {
  if (tag === language()) return true;
  if (!LANGUAGES.some((one) => one.tag === tag)) return false;
  // Before it is spoken: what is drawn anew then asks for it.
  followed = isOthers ? tag : "";
  if (await speak(tag)) return true;
  followed = "";
  return false;
};

/** Another page of this browser speaks so from now on. @param {string} tag */
export const follow = (tag) => become(tag, true);

/** Chosen by the person. @param {string} tag @returns {Promise<boolean>} false when it cannot be spoken just now */
export const chooseLanguage = async (tag) => {
  if (!(await become(tag, false))) return false;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  try {
    document.cookie = `${COOKIE}=${tag}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  } catch {
    // It is kept for as long as the page is there.
  }
  return true;
};

/** Its words are on their way before anything is drawn. */
export const fetchAhead = () => {
  const tag = wanted();
  if (tag !== BASE_LANGUAGE) fetchWords(tag).catch(() => {});
};

/** Once the page, which was built in English, is React's. */
export const begin = () => {
  const tag = wanted();
  if (tag === language()) stay();
  else speak(tag);
};
