// Decides up to which size a blob is sooner read as a whole than cut.

/** Bytes. Each piece that is cut of a blob is made known to the browser first, which takes longer than to read so much. */
const SHORT = 256 * 1024;

/** @param {Blob} blob */
export const isShort = (blob) => blob.size <= SHORT;
