// The control by which a person chooses the language, and what draws all anew in it.
import { createElement, Fragment, useEffect, useRef, useSyncExternalStore } from "react";
import { begin, chooseLanguage, getLanguage, getLanguageBefore, LANGUAGES, subscribeLanguage, takeFollowed } from "../language/language.js";
import { say } from "../../core/words/words.js";
import { toast } from "../messages/toast.js";

const useLanguage = () => useSyncExternalStore(subscribeLanguage, getLanguage, getLanguageBefore);

/** What is in it says its words where it is drawn, so it is drawn anew when they are others. @param {{ children?: import("react").ReactNode }} props */
export const Spoken = ({ children }) => {
  // Only now: until here the page has to be as it was built.
  useEffect(begin, []);
  return createElement(Fragment, { key: useLanguage() }, children);
};

/** The control was drawn anew since somebody used it. */
let isUsed = false;

/** @param {{ className?: string, onChoose?: (tag: string) => void, [attribute: string]: unknown }} props `className` is the label's */
export const LanguageMenu = ({ className, onChoose, ...rest }) => {
  const control = useRef(/** @type {HTMLSelectElement | null} */ (null));
  const value = useLanguage();
  useEffect(() => {
    if (isUsed) control.current?.focus();
    isUsed = false;
    // Chosen in another tab: what this one's server has said is to be said anew, too.
    const followed = onChoose ? takeFollowed() : "";
    if (followed) onChoose?.(followed);
  }, []);
  if (LANGUAGES.length < 2) return null;
  const onChange = async (/** @type {import("react").ChangeEvent<HTMLSelectElement>} */ { target }) => {
    isUsed = true;
    const tag = target.value;
    if (await chooseLanguage(tag)) return onChoose?.(tag);
    isUsed = false;
    toast(say("language-away"));
  };
  const options = LANGUAGES.map(({ tag, name }) => createElement("option", { key: tag, value: tag, lang: tag }, name));
  return createElement(
    "label",
    { ...rest, className, "data-testid": "language-menu" },
    createElement("span", { className: "sr-only" }, say("language-label")),
    createElement("select", { ref: control, value, onChange }, options),
  );
};
