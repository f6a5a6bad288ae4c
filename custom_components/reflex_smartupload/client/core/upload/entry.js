// Decides how an upload goes into the journal, and how what older versions of the app wrote there is understood.

import { Cut, Version } from "./version.js";

/** @typedef {import("../ports/ports.js").JournalEntry} JournalEntry */
/** @typedef {"format" | "faultCode" | "faultText" | "kept" | "version" | "token" | "stagedKind" | "stagedIn" | "stagedPartSize"} Worded as only the journal has it */
/** @typedef {Omit<JournalEntry, Worded> & {fault: {code: string, text: string} | null, kept: Set<number> | null, ungiven: Set<number> | null, heldIn: string, offeredTo: string, version: Version}} Written what of an upload is written down */

/** One guarded step for each format; a step never changes once it has been released. */
const STEPS = [
  /** 2: staged bytes have a key, and part files a size of their own; 0 says that it has to be looked at. @param {any} entry */
  (entry) => ({ ...entry, format: 2, version: "", stagedIn: entry.stagedKind ? entry.id : "", stagedPartSize: 0 }),
  /** 3: versions have names at the server; what was given again had to be compared part by part. @param {any} entry */
  ({ trusted, ...entry }) => ({ ...entry, format: 3, token: trusted ? versionOf(entry).key : "", replaces: 0 }),
  /** 4: which uploader of a page took it, and what the page said of it. @param {any} entry */
  (entry) => ({ ...entry, format: 4, uploader: "", metadata: {} }),
  /** 5: how many that uploader takes at a time. @param {any} entry */
  (entry) => ({ ...entry, format: 5, maxFiles: 0 }),
  /** 6: with which files it was given, and when it ended. @param {any} entry */
  (entry) => ({ ...entry, format: 6, group: "", finishedAt: 0 }),
];

/** @param {any} entry of any format @returns {JournalEntry} of this one */
export const understood = (entry) => STEPS.slice((entry.format ?? 1) - 1).reduce((before, step) => step(before), entry);

/** @param {Written} u @returns {JournalEntry} */
export const toEntry = (u) => {
  const { id, key, name, path, type, size, lastModified, addedAt, touchedAt, owner, phase, uploadId, partSize, epoch, shareUrl, handle, edited, version, replaces, uploader, metadata, maxFiles, group, finishedAt, sendsNow } = u;
  const { code: faultCode = "", text: faultText = "" } = u.fault ?? {};
  const { stagedKind, partFiles } = version;
  // As if the browser had taken what it is being asked for: after a crash it is better to look for that than to send beside it.
  const handedTo = u.handedTo || u.offeredTo || u.heldIn;
  // What was held back has also what is on the line here.
  const kept = handedTo ? [...(u.ungiven ?? u.kept ?? [])] : [];
  return {
    format: STEPS.length + 1, id, key, name, path, type, size, lastModified, addedAt, touchedAt, owner, phase, uploadId, partSize, epoch, shareUrl, handedTo, kept, handle, edited, faultCode, faultText,
    confirmedBytes: u.confirmedBytes, reachedBytes: u.reachedBytes, version: version.id, token: version.token, replaces, stagedKind, uploader, metadata, maxFiles, group, finishedAt, sendsNow,
    stagedIn: stagedKind === "opfs" ? partFiles.key : stagedKind && version.key, stagedPartSize: stagedKind === "opfs" ? partFiles.partSize : 0,
  };
};

/** What the journal knows of the bytes of an upload. @param {{id: string} & Partial<JournalEntry>} entry */
export const versionOf = ({ id, version: name = "", partSize = 0, stagedKind = "", stagedIn = "", stagedPartSize = 0, token }) => {
  const found = stagedKind === "opfs" ? new Cut(stagedPartSize, stagedIn) : null;
  return new Version(id, name, partSize, { token, stagedKind, ...(found && (stagedPartSize === partSize ? { cut: found } : { composedOf: found })) });
};
