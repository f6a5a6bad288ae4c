// Decides which bytes of a file make up which part.
// Rule: S3 multipart limits, https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
// (parts are numbered from 1, all of one size but the last).

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
