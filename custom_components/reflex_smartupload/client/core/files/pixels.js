// Decides how large a picture is, by the first bytes of its file, so that nobody has to decode one to find out that it is enormous.

/** @typedef {{width: number, height: number}} Pixels */

/** How much of a file is enough to tell. */
export const ENOUGH = 256 * 1024;

/** @param {DataView} view @param {number} at @param {string} text */
const says = (view, at, text) => at + text.length <= view.byteLength && [...text].every((letter, index) => view.getUint8(at + index) === letter.charCodeAt(0));

/** Three bytes, the lowest first. @param {DataView} view @param {number} at */
const uint24 = (view, at) => view.getUint16(at, true) + 0x10000 * view.getUint8(at + 2);

/** @param {DataView} view @returns {Pixels | null} */
const png = (view) => (says(view, 1, "PNG") && says(view, 12, "IHDR") ? { width: view.getUint32(16), height: view.getUint32(20) } : null);

/** @param {DataView} view @returns {Pixels | null} */
const gif = (view) => (says(view, 0, "GIF8") ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null);

/** @param {DataView} view @returns {Pixels | null} */
const bmp = (view) => (says(view, 0, "BM") && view.getUint32(14, true) >= 40 ? { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) } : null);

/** @param {DataView} view @returns {Pixels | null} */
const webp = (view) => {
  if (!says(view, 0, "RIFF") || !says(view, 8, "WEBP")) return null;
  if (says(view, 12, "VP8X")) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  if (says(view, 12, "VP8 ")) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (!says(view, 12, "VP8L")) return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
};

/** The first of the marks that begin a frame has it: C0 to CF without C4, C8 and CC. @param {DataView} view @returns {Pixels | null} */
const jpeg = (view) => {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const mark = view.getUint8(at + 1);
    if (mark === 0xff) at += 1;
    else if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
};

/** An AVIF or HEIC may hold several pictures, each with its size in a box: the largest counts. @param {DataView} view @returns {Pixels | null} */
const avif = (view) => {
  if (!says(view, 4, "ftyp")) return null;
  let found = null;
  for (let at = 8; at + 16 <= view.byteLength; at += 1) {
    if (view.getUint8(at) !== 0x69 || !says(view, at, "ispe")) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!found || width * height > found.width * found.height) found = { width, height };
  }
  return found;
};

/** @param {ArrayBuffer} bytes the first ones of a file @returns {Pixels | null} null where it cannot be told */
export const pixelsOf = (bytes) => {
  if (bytes.byteLength < 32) return null;
  const view = new DataView(bytes);
  for (const look of [png, jpeg, gif, webp, bmp, avif]) {
    const found = look(view);
    if (found) return found.width > 0 && found.height > 0 ? found : null;
  }
  return null;
};
