// How files get in from the page: drop, paste, folders. Decides what is a file and what is not.
import { insteadOf, noFile } from "../../core/files/instead.js";
import { FEW as SINGLE } from "../../core/ports/pages.js";
import { isSystemFile, leftOut } from "../../core/files/system_files.js";
import { addFiles, comes, expectFiles, refuse, walks } from "./page.js";
import { afterPaint, soon } from "../../io/browser/soon.js";
import { takerAt, zoneOf } from "./uploaders.js";

/** @typedef {import("./uploaders.js").Saying} Saying */

const BATCH = 50;
/** The first batch of files that have one card: how long one takes is not known before that. */
const FIRST = 10;
/** ms that a batch may take: the page draws between two of them. */
const BRIEF = 8;
const CROWD = 200;
/** Dropped files of which the browser is asked for a way back: each is a call to another process. */
const FEW = 20;

const FILES = "Files";
/** @param {DataTransfer | null} transfer */
const carriesFiles = (transfer) => Boolean(transfer?.types.includes(FILES));

/**
 * One call gives at most a hundred entries in Chromium, so ask until none are left; in the order of their names, which few file systems keep.
 * @param {FileSystemDirectoryEntry} folder
 * @returns {Promise<FileSystemEntry[]>}
 */
const entriesOf = async (folder) => {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all.sort((a, b) => (a.fullPath < b.fullPath ? -1 : 1));
    all.push(...some);
  }
};

/** @param {FileSystemFileEntry} entry */
const fileOf = async (entry) => {
  /** @type {File} */
  const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
  return { file, path: entry.fullPath.replace(/^\//, "") };
};

/** Says a sentence to whoever gives files here. @type {(text: string) => void} */
let sayText = () => {};

/** @param {string[]} paths */
const tellLeftOut = (paths) => paths.length > 0 && sayText(leftOut(paths));

/** Which files of folders are meant. @param {Saying} said @returns {(path: string) => boolean} */
const meant = (said) => (path) => Boolean(said.rules?.systemFiles) || !isSystemFile(path);

/**
 * Takes everything below a folder, one level at a time, so that cards appear as it goes.
 * @param {FileSystemDirectoryEntry} root @param {Saying} uploader what it says of files
 * @returns {Promise<string[]>} what was left out
 */
export const takeFolder = async (root, uploader) => {
  const said = together(uploader);
  walks(said.group, true);
  try {
    return await walk(root, said, uploader);
  } finally {
    walks(said.group, false);
  }
};

/** @param {FileSystemDirectoryEntry} root @param {Saying} said of its files @param {Saying} uploader */
const walk = async (root, said, uploader) => {
  let found = 0;
  /** @type {string[]} */
  const left = [];
  const folders = [root];
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    let entries;
    try {
      entries = await entriesOf(folder);
    } catch {
      refuse(folder.name, "unreadable", { ...said, path: `${root.name}/` });
      found += 1;
      continue;
    }
    folders.push(...entries.filter((entry) => entry.isDirectory).map((entry) => /** @type {FileSystemDirectoryEntry} */ (entry)));
    const all = entries.filter((entry) => entry.isFile).map((entry) => /** @type {FileSystemFileEntry} */ (entry));
    const files = all.filter((entry) => meant(said)(entry.fullPath));
    left.push(...all.filter((entry) => !files.includes(entry)).map((entry) => entry.fullPath));
    const read = await Promise.allSettled(files.map(fileOf));
    const items = read.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    read.forEach((result, at) => result.status === "rejected" && refuse(files[at].name, "unreadable", { ...said, path: files[at].fullPath.replace(/^\//, "") }));
    found += files.length;
    if (items.length > 0) addInBatches(items, said);
  }
  if (found === 0) refuse(root.name, "folder_empty", uploader);
  return left;
};

/** These files are one card. @param {Saying} said @returns {Saying & {group: string}} */
const together = (said) => ({ ...said, group: crypto.randomUUID() });

/**
 * Hands files over in batches: what is asked of a dropped file is a call to another process, also when it is posted to the engine, so a
 * thousand of them at once would keep the first card waiting, and the page from being drawn.
 * @param {{ file: File, path?: string, handle?: Promise<FileSystemHandle | null> }[]} items @param {Saying} said
 */
const addInBatches = (items, said, next = afterPaint, from = 0, most = said.group ? FIRST : BATCH) => {
  if (from === 0 && said.group) comes(said.group, items.length);
  const begun = performance.now();
  const until = from + most;
  addFiles(items.slice(from, until), said);
  if (until >= items.length) return;
  const fits = Math.floor((most * BRIEF) / Math.max(performance.now() - begun, 1));
  next(() => addInBatches(items, said, said.group ? afterPaint : soon, until, Math.max(1, Math.min(fits, 2 * most, BATCH))));
};

/**
 * May this be a folder? With many items only those without a type are asked, a tenth of a millisecond each.
 * @param {DataTransferItem} item @param {number} count
 */
const mayBeFolder = (item, count) => count < CROWD || item.type === "";

/**
 * Takes what was dropped or pasted. Everything is read from the list before the first
 * `await`: the browser empties it when the event is over.
 * @param {DataTransfer} transfer @param {Saying} said
 */
export const takeTransfer = (transfer, said) => {
  /** @type {{ file: File, path?: string, handle?: Promise<FileSystemHandle | null> }[]} */
  const files = [];
  /** @type {FileSystemDirectoryEntry[]} */
  const folders = [];
  const items = [...transfer.items].filter((item) => item.kind === "file");
  // One call for all files is much cheaper than one for each, and in the same order.
  const all = transfer.files.length === items.length ? [...transfer.files] : items.map((item) => item.getAsFile());
  items.forEach((item, at) => {
    const entry = mayBeFolder(item, items.length) ? item.webkitGetAsEntry?.() : null;
    const file = all[at];
    if (entry?.isDirectory) folders.push(/** @type {FileSystemDirectoryEntry} */ (entry));
    else if (file) files.push({ file, handle: items.length <= FEW ? /** @type {any} */ (item).getAsFileSystemHandle?.() : undefined });
    else refuse(entry?.name ?? "", "unreadable", said);
  });
  if (files.length > 0) addInBatches(files, files.length > SINGLE ? together(said) : said);
  Promise.all(folders.map((folder) => takeFolder(folder, said))).then((left) => tellLeftOut(left.flat()));
};

/**
 * Takes what was picked in an input, and empties it so that the same file can be picked again.
 * @param {HTMLInputElement} input @param {Saying} said
 */
export const takeInput = (input, said) => {
  const all = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || "" }));
  input.value = "";
  // What was chosen file by file is meant, whatever it is called.
  const items = all.filter(({ path }) => !path || meant(said)(path));
  const isOne = items.length > SINGLE || items.some(({ path }) => path.includes("/"));
  if (items.length > 0) addInBatches(items, isOne ? together(said) : said);
  else if (input.webkitdirectory) refuse(all[0]?.path.split("/")[0] ?? "", "folder_empty", said);
  tellLeftOut(all.filter((one) => !items.includes(one)).map(({ path }) => path));
};

/** @typedef {{count: number, isMixed: boolean, nobody: "" | import("./uploaders.js").Nobody, place: string}} Dragged how many files (0: the browser does not say), whether folders may be among them, why nobody takes them there, and what the place is called that does */

/** A heading by which people know the place. @param {EventTarget | null} target */
const placeAt = (target) => {
  const zone = target instanceof Element ? zoneOf(target) : null;
  const within = zone?.closest("section, article, fieldset, form, main") ?? document.querySelector("main") ?? document.body;
  return (zone?.getAttribute("aria-label") ?? within?.querySelector("h1, h2, h3, legend")?.textContent ?? document.querySelector("h1")?.textContent ?? "").trim();
};

/** @param {DragEvent} event @returns {Dragged} */
const draggedOver = ({ dataTransfer, target }) => {
  const items = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const said = takerAt(target);
  const isNobody = typeof said === "string";
  // A folder has no type, nor have files of kinds that the system does not know.
  return { count: items.length, isMixed: items.some(({ type }) => !type.includes("/") || type.startsWith("application/x-moz")), nobody: isNobody ? said : "", place: isNobody || !said.uploader ? "" : placeAt(target) };
};

/**
 * Takes files that came by no place of the page, for the uploader that takes what is dropped anywhere.
 * @param {File[]} files @returns {string[] | import("./uploaders.js").Nobody} ids of their cards, or why nobody takes them
 */
export const takeFiles = (files) => {
  const said = takerAt(null);
  if (typeof said === "string") return said;
  return addFiles(files.map((file) => ({ file })), files.length > SINGLE ? together(said) : said);
};

/** @param {EventTarget | null} target */
const isTextField = (target) => target instanceof HTMLElement && target.matches("input:not([type=file]), textarea, [contenteditable]");

/**
 * Listens to the whole window. A drop beside the zone counts too: the browser would leave
 * the page to open the file, and every upload of this tab with it.
 * @param {(why: import("./uploaders.js").Nobody, how: "drop" | "paste") => void} nowhere no uploader of the page takes what was given there
 * @param {(text: string) => void} say a sentence on what was left out, also of a folder that was chosen, or is no file at all
 * @param {(dragged: Dragged | null) => void} [shows] what is dragged over the page, whenever that is another; null: nothing is any more
 * @returns {() => void} stops it
 */
export const listenToWindow = (nowhere, say, shows = () => {}) => {
  sayText = say;
  const root = document.documentElement;
  const stopping = new AbortController();
  const { signal } = stopping;
  const take = (/** @type {"drop" | "paste"} */ how, /** @type {EventTarget | null} */ target, /** @type {DataTransfer} */ transfer) => {
    const said = takerAt(target);
    if (typeof said === "string") nowhere(said, how);
    else takeTransfer(transfer, said);
  };
  // What is dragged out of this very page is none of the person's files, though browsers give a picture as one.
  let isOwn = false;
  window.addEventListener("dragstart", () => void (isOwn = true), { signal, capture: true });
  window.addEventListener("dragend", () => void (isOwn = false), { signal, capture: true });
  /** What is dragged or pasted there instead of a file, where the page takes files. @param {DragEvent | ClipboardEvent} event @param {DataTransfer | null} data @param {string} [html] */
  const instead = (event, data, html) => (!data || event.defaultPrevented || isTextField(event.target) || takerAt(event.target) === "none" ? "" : insteadOf(data.types, { html, isOwn }));
  // dragleave also fires between the elements of the page; relatedTarget is null at its edge.
  let shown = "";
  const leave = () => {
    delete root.dataset.dropping;
    if (shown) shows(null);
    shown = "";
  };
  const over = (/** @type {DragEvent} */ event) => {
    const dragged = draggedOver(event);
    const now = JSON.stringify(dragged);
    if (now !== shown) shows(dragged);
    shown = now;
  };
  window.addEventListener(
    "dragover",
    (event) => {
      // The browser would leave the page to follow a link.
      if (["link", "picture"].includes(instead(event, event.dataTransfer))) return event.preventDefault();
      if (isOwn || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      root.dataset.dropping = "";
      over(event);
      expectFiles();
    },
    { signal },
  );
  window.addEventListener("dragleave", (event) => event.relatedTarget === null && leave(), { signal });
  // While something is dragged there are none of these: it ended in a way that no event tells, such as Escape in some browsers.
  for (const type of ["mousemove", "keydown"]) window.addEventListener(type, () => shown && leave(), { signal, passive: true });
  window.addEventListener(
    "drop",
    (event) => {
      leave();
      const what = instead(event, event.dataTransfer, event.dataTransfer?.getData("text/html"));
      isOwn = false;
      if (what === "link" || what === "picture") {
        event.preventDefault();
        return say(noFile(what));
      }
      if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      take("drop", event.target, event.dataTransfer);
    },
    { signal },
  );
  window.addEventListener(
    "paste",
    (event) => {
      const { clipboardData: data } = event;
      const isAimed = event.target === document.body || (event.target instanceof Element && zoneOf(event.target));
      if (isAimed && instead(event, data) === "text") return say(noFile("text"));
      // Copied cells and slides bring their picture along; in a text field the text is meant.
      if (!data || !carriesFiles(data) || (isTextField(event.target) && data.types.includes("text/plain"))) return;
      event.preventDefault();
      take("paste", event.target, data);
    },
    { signal },
  );
  return () => {
    stopping.abort();
    leave();
  };
};
