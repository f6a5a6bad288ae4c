// Decides what one uploader of a page takes, beside what the server does: files of which types, how large, and how many on their way.

/** @typedef {{accept?: string, maxSize?: number, maxFiles?: number}} Rules `accept` as HTML has it; bytes; none is no limit */
/** @typedef {{uploader?: string, metadata?: Record<string, string>, rules?: Rules}} Said what a page says of a file beside its bytes: which of its uploaders takes it, with which metadata and by which rules */

/** The types and extensions of a list, each as it is compared. @param {string} accept @returns {string[]} */
export const typesOf = (accept) => accept.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);

/** Is it one of these files? Without a list it is; of a file whose type the browser does not know, only the extension tells. @param {string} accept @param {{name: string, type: string}} file */
export const isAccepted = (accept, { name, type }) => {
  const types = typesOf(accept);
  const own = type.split(";", 1)[0].trim().toLowerCase();
  const fits = (/** @type {string} */ one) => {
    if (one.startsWith(".")) return name.toLowerCase().endsWith(one);
    return one.endsWith("/*") ? own.startsWith(one.slice(0, -1)) : own === one;
  };
  return !types.length || types.some(fits);
};

/** The smaller of two limits, 0 for none. @param {number | null | undefined} one @param {number | null | undefined} other */
export const smaller = (one, other) => (one && other ? Math.min(one, other) : one || other || 0);

/** What makes two picks of the same bytes two files all the same: they were given to different uploaders, or something else is said of them. @param {{uploader: string, metadata: Record<string, string>}} u */
export const saidOf = ({ uploader, metadata }) => JSON.stringify([uploader, Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))]);
