// What a person does with a link: copies it, gives it to another program, or has one made for files that were given together.

import { isAway } from "../../core/ports/errors.js";
import { say } from "../../core/words/words.js";
import { makeGroupLink } from "../../io/network/api.js";
import { toast } from "./toast.js";

/** @param {string} url */
export const copyLink = async (url) => {
  try {
    await navigator.clipboard.writeText(url);
    toast(say("message-link-copied"));
  } catch {
    // No permission, or a page without HTTPS: the link itself is the next best thing.
    toast(say("message-copy-this", { link: url }));
  }
};

/** @param {string} group */
export const copyGroupLink = async (group) => {
  let url;
  try {
    url = await makeGroupLink(group);
  } catch (error) {
    toast(say(isAway(error) ? "message-no-answer" : "message-no-group-link"));
    return;
  }
  await copyLink(url);
};

/** Whether the system has a share sheet. */
export const canShareLink = () => typeof navigator !== "undefined" && typeof navigator.share === "function";

/** @param {string} url @param {string} title */
export const shareLink = async (url, title) => {
  try {
    await navigator.share({ url, ...(title && { title }) });
  } catch (error) {
    // Who closes the sheet wants nothing else.
    if (/** @type {Error} */ (error).name !== "AbortError") await copyLink(url);
  }
};
