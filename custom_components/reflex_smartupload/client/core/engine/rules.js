// Decides what one uploader of a page takes, beside what the server does: files of which types, how large, and how many on their way.
import { cleanType, isListed, takenFor } from "../files/media_types.js";
import { recognised } from "../files/signs.js";

/** @typedef {{accept?: string, maxSize?: number, maxFiles?: number, systemFiles?: boolean}} Rules `accept` as HTML has it; bytes; none is no limit; whether of a folder what the system keeps there is taken, too */
/** @typedef {{uploader?: string, metadata?: Record<string, string>, rules?: Rules, group?: string}} Said what a page says of a file beside its bytes: which of its uploaders takes it, with which other files it was given, with which metadata and by which rules */

/** The types and extensions of a list, each as it is compared. @param {string} accept @returns {string[]} */
export const typesOf = (accept) => accept.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);

/** Is it one of these files? Without a list it is. What its first bytes show counts before its name, and its name before the type that the browser has for it. @param {string} accept @param {{name: string, type: string}} file @param {Uint8Array} [head] its first bytes, where they were read */
export const isAccepted = (accept, { name, type }, head) => {
  const types = typesOf(accept);
  const said = cleanType(type, name);
  return !types.length || isListed(types, name, takenFor(name, said, head && recognised(name, said, head)));
};

/** May its first bytes tell that it is one of them all the same? @param {string} accept */
export const asksBytes = (accept) => typesOf(accept).some((one) => !one.startsWith("."));

/** The smaller of two limits, 0 for none. @param {number | null | undefined} one @param {number | null | undefined} other */
export const smaller = (one, other) => (one && other ? Math.min(one, other) : one || other || 0);

/** What makes two picks of the same bytes two files all the same: they were given to different uploaders, or something else is said of them. @param {{uploader: string, metadata: Record<string, string>}} u */
export const saidOf = ({ uploader, metadata }) => JSON.stringify([uploader, Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))]);
