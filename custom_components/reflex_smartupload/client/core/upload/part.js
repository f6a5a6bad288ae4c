// Decides which bytes of a file make up which part.
// Rule: S3 multipart limits, https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
// (parts are numbered from 1, all of one size but the last).

/** In units of which the server cuts: the smallest part, the usual one, and how long one may take where so many share the line. */
const SMALLEST = 5;
const USUAL = 8;
const PART_SECONDS = 10;
const USUAL_SHARE = 4;
const MAX_PARTS = 10_000;
/** Bytes of a unit. */
export const MIB = 1024 * 1024;

/**
 * Bytes of every part but the last, as the server cuts: limits.part_size of smartupload/service/files/limits.py; tests/contract_cases hold both.
 * @param {number} size bytes of the file
 * @param {number} rate bytes/s that the server is told, 0 for none
 * @param {number} [unit] bytes, smaller for tests
 */
export const partSizeOf = (size, rate, unit = MIB) => {
  const units = rate > 0 ? Math.floor(Math.min(Math.max((rate * PART_SECONDS) / USUAL_SHARE / unit, SMALLEST), USUAL)) : USUAL;
  return Math.floor(Math.max(units, Math.ceil(Math.ceil(size / MAX_PARTS) / unit)) * unit);
};

/** The usual part has so many. @param {number} usual bytes of one @returns {number} bytes of a unit */
export const unitOf = (usual) => usual / USUAL;

/**
 * How many parts a file has.
 * @param {number} size bytes
 * @param {number} partSize bytes, fixed for an upload
 * @returns {number} at least 1
 */
export const partCount = (size, partSize) => Math.max(1, Math.ceil(size / partSize));

/**
 * The bytes of one part: from `start` up to, not including, `end`.
 * @param {number} number from 1
 * @param {number} size bytes of the file
 * @param {number} partSize bytes
 */
export const partSpan = (number, size, partSize) => {
  const start = (number - 1) * partSize;
  const end = Math.min(size, number * partSize);
  if (number < 1 || (start >= size && number !== 1)) throw new RangeError(`there is no part ${number}`);
  return { start, end, bytes: end - start };
};

/**
 * How many bytes a set of parts holds; only the last part may be shorter.
 * @param {ReadonlySet<number>} numbers
 * @param {number} size
 * @param {number} partSize
 */
export const bytesIn = (numbers, size, partSize) => {
  if (!numbers.size || !partSize) return 0;
  const last = partCount(size, partSize);
  const short = numbers.has(last) ? partSize - partSpan(last, size, partSize).bytes : 0;
  return numbers.size * partSize - short;
};
