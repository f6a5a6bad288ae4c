// What a list of files does with those that a person has selected, and with one of them: delete, copy links, download.
import { createElement, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { isolated } from "../../core/files/direction.js";
import { sizeText } from "../../core/view/messages.js";
import { say } from "../../core/words/words.js";
import { removeForGood, removeManyForGood } from "../../io/network/api.js";
import { getSelected, select, selectAll, selectNone, subscribeSelected } from "./selection.js";
import { toast } from "../messages/toast.js";
import { bringBack, getRemoved, isTwice, subscribeRemoved, undoable } from "../messages/undo.js";

/**
 * @typedef {{id: string, name: string, bytes: number, share_url: string, download_url: string, tags?: string[]}} Row
 * @typedef {{files: Row[], ids: string[], tags: string[], count: number, size: string, links: number, downloads: number}} Chosen
 */

const MOST = 100; // uploads in one batch call
const APART = 1000; // ms between two downloads: no browser says when one has begun, and one that follows at once takes its place

/** @type {readonly string[]} */
const NONE = Object.freeze([]);

const useSelected = () => useSyncExternalStore(subscribeSelected, getSelected, () => NONE);
const useRemovedIds = () => useSyncExternalStore(subscribeRemoved, getRemoved, () => NONE);

/** The tags that any of these files has; large and small letters make no other one. @param {Row[]} files */
const tagsOf = (files) => [...new Map(files.flatMap((file) => file.tags ?? []).map((tag) => [tag.toLowerCase(), tag])).values()];

/** Of the rows that are shown, those that are selected. @param {Row[]} rows @returns {Chosen} */
export const useChosen = (rows) => {
  const selected = useSelected();
  const removed = useRemovedIds();
  // Whoever comes back to the list begins with nothing selected; drawn anew where it is, as after a download, it keeps what was.
  useEffect(() => {
    const { pathname } = location;
    return () => {
      if (location.pathname !== pathname) selectNone();
    };
  }, []);
  return useMemo(() => {
    const files = rows.filter(({ id }) => selected.includes(id) && !removed.includes(id));
    const sum = files.reduce((bytes, file) => bytes + file.bytes, 0);
    const ids = files.map(({ id }) => id);
    return { files, ids, tags: tagsOf(files), count: files.length, size: sizeText(sum), links: files.filter((one) => one.share_url).length, downloads: files.filter((one) => one.download_url).length };
  }, [rows, selected, removed]);
};

/** All boxes of the list, in its order. @returns {string[]} */
const shownIds = () => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-select]"))].map(({ dataset }) => dataset.select ?? "");

/** @param {{uploadId: string, label: string}} props */
export const SelectBox = ({ uploadId, label }) => {
  const checked = useSelected().includes(uploadId);
  const onClick = (/** @type {import("react").MouseEvent} */ event) => select(uploadId, shownIds(), event.shiftKey);
  return createElement("input", { type: "checkbox", checked, onClick, onChange: () => {}, "aria-label": label, "data-select": uploadId });
};

/** @param {{count: number, all: number, label: string}} props how many are selected of how many that are shown */
export const SelectAll = ({ count, all, label }) => {
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const checked = all > 0 && count >= all;
  useEffect(() => {
    if (box.current) box.current.indeterminate = count > 0 && !checked;
  });
  return createElement("input", { type: "checkbox", ref: box, checked, onChange: () => selectAll(shownIds(), !checked), "aria-label": label });
};

export const clearSelection = () => selectNone();

/** Deletes a file of this person for good, unless they take it back. @param {string} uploadId @param {string} name @param {...unknown} event */
export const deleteFile = (uploadId, name, ...event) => {
  if (isTwice(...event)) return; // the row below has come up to the pointer
  const does = async () => {
    try {
      await removeForGood(uploadId);
      return true;
    } catch {
      bringBack([uploadId]);
      toast(say("message-not-deleted", { name: isolated(name) }), { stays: true });
      return false;
    }
  };
  undoable(say("message-deleted", { name: isolated(name) }), [uploadId], does, uploadId);
};

/** @param {string[]} ids @returns {Promise<string[]>} those that are still there */
const removeMany = async (ids) => {
  try {
    const { results } = await removeManyForGood(ids);
    // What is not there any more need not be deleted.
    return ids.filter((_, at) => results[at]?.problem && results[at].problem.status !== 404);
  } catch {
    return ids;
  }
};

/** The same for several, as one that can be taken back. @param {Row[]} files */
export const deleteFiles = (files) => {
  const [first] = files;
  if (!first) return;
  if (files.length === 1) return deleteFile(first.id, first.name);
  const ids = files.map(({ id }) => id);
  const does = async () => {
    const batches = Array.from({ length: Math.ceil(ids.length / MOST) }, (_, at) => ids.slice(at * MOST, (at + 1) * MOST));
    // At the same moment, since the page may be about to go away.
    const left = (await Promise.all(batches.map(removeMany))).flat();
    if (!left.length) return true;
    bringBack(left);
    toast(say("message-not-deleted-many", { count: left.length }), { stays: true });
    return false;
  };
  undoable(say("message-deleted-many", { count: ids.length }), ids, does, first.id);
  selectNone();
};

/** The link of each, in a line of its own. @param {Row[]} files */
export const copyLinks = async (files) => {
  const links = files.map((file) => file.share_url).filter(Boolean);
  try {
    await navigator.clipboard.writeText(links.join("\n"));
    toast(links.length === 1 ? say("message-link-copied") : say("message-links-copied", { count: links.length }));
  } catch {
    toast(say("message-not-copied"));
  }
};

/** One after another, as if each link were pressed. The page cannot be in a frame, so no frame can load them. @param {Row[]} files */
export const downloadFiles = async (files) => {
  for (const { download_url: address } of files.filter((file) => file.download_url)) {
    Object.assign(document.createElement("a"), { href: address, download: "" }).click();
    await new Promise((resolve) => setTimeout(resolve, APART));
  }
};
