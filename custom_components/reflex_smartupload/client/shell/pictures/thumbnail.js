// Decides what is drawn of an image: a small picture of its own bytes, never by decoding one that is enormous, and few at a time.

import { ENOUGH, pixelsOf } from "../../core/files/pixels.js";
import { snapshots } from "../../io/storage/snapshots.js";
import { withDatabase } from "../../io/storage/database.js";
import { imageOf, mayShow } from "./own_images.js";

/** Pixels: a decoder needs four bytes for each. */
const MOST = 40e6;
const AT_ONCE = 2;

let busy = 0;
/** @type {(() => void)[]} */
const waiting = [];

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
const inTurn = async (work) => {
  if (busy < AT_ONCE) busy += 1;
  else await new Promise((/** @type {(value?: unknown) => void} */ go) => waiting.push(go));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
};

/** What this browser has staged of it as one copy, as after a reload. @param {string} id @returns {Promise<Blob | null>} */
const staged = async (id) => {
  const entry = await withDatabase((db) => db.get("uploads", id));
  return entry?.stagedKind === "snapshot" && mayShow(entry) ? snapshots.read(entry.stagedIn) : null;
};

/** @param {Blob} bytes @param {number} edge pixels of the square that is covered @returns {Promise<ImageBitmap | null>} */
const small = async (bytes, edge) => {
  const pixels = pixelsOf(await bytes.slice(0, ENOUGH).arrayBuffer());
  if (!pixels || pixels.width * pixels.height > MOST) return null;
  const size = pixels.width < pixels.height ? { resizeWidth: edge } : { resizeHeight: edge };
  return createImageBitmap(bytes, { ...size, resizeQuality: "medium" });
};

/**
 * Draws the middle of the image.
 * @param {HTMLCanvasElement} canvas a square @param {string} id of its card @param {() => boolean} isWanted whether anybody still sees it
 * @returns {Promise<boolean>} whether there is a picture
 */
export const drawThumbnail = (canvas, id, isWanted) =>
  inTurn(async () => {
    if (!isWanted()) return false;
    try {
      const bytes = imageOf(id) ?? (await staged(id));
      const bitmap = bytes && (await small(bytes, canvas.width));
      if (!bitmap) return false;
      const { width, height } = canvas;
      const scale = Math.max(width / bitmap.width, height / bitmap.height);
      const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
      canvas.getContext("2d")?.drawImage(bitmap, (width - wide) / 2, (height - high) / 2, wide, high);
      bitmap.close();
      return true;
    } catch {
      return false; // no image, or not to be read any more
    }
  });
