// One browser capability: several blobs as one, laid end to end. Firefox lays files as they are by then: behind one that got shorter or longer since it was picked
// all others are moved, without an error. So there is a mark behind each, and where one is not in its place nothing is.

const MARK = 16;

/** @typedef {{start: number, end: number}} Place */

/**
 * `places`: of each in the whole; `fits`: whether these bytes of the whole have each in its place.
 * @param {Blob[]} blobs @returns {{whole: Blob, places: Place[], fits: (bytes: ArrayBuffer) => boolean}}
 */
export const laid = (blobs) => {
  // Nobody knows it before, so that no file has it in it.
  const mark = crypto.getRandomValues(new Uint8Array(MARK));
  let next = 0;
  const places = blobs.map(({ size }) => {
    const start = next;
    next += size + MARK;
    return { start, end: start + size };
  });
  const whole = new Blob(blobs.flatMap((blob) => [blob, mark]));
  const isMarked = (/** @type {Uint8Array} */ found) => mark.every((byte, at) => byte === found[at]);
  return {
    whole,
    places,
    fits: (bytes) => bytes.byteLength === whole.size && places.every(({ end }) => isMarked(new Uint8Array(bytes, end, MARK))),
  };
};
