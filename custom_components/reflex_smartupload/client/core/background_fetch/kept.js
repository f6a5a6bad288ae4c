// Decides which parts stay with the engine when the browser is asked for the rest.

import { BUFFERED } from "../sending/schedule.js";
import { bytesIn, partSpan } from "../upload/part.js";

/** Bytes around a field: the boundary, and what says how it is called. */
const AROUND = 100;

/**
 * Those on the line, and as many of the next as go out meanwhile, so that the line does not rest.
 * @param {Pick<import("../upload/upload.js").Upload, "loaded" | "claimed" | "confirmed" | "cursor" | "partCount" | "size" | "partSize">} u
 * @param {number} bytes that go out until the browser has the rest
 * @param {number} [buffered] bytes
 */
export const keptParts = (u, bytes, buffered = BUFFERED) => {
  const kept = new Set(u.loaded.keys());
  let left = bytes - bytesIn(kept, u.size, u.partSize);
  for (const gone of u.loaded.values()) left += Math.max(0, gone - buffered);
  for (const number of next(u)) {
    if (left <= 0) break;
    if (kept.has(number) || u.confirmed.has(number)) continue;
    kept.add(number);
    left -= partSpan(number, u.size, u.partSize).bytes;
  }
  return kept;
};

/** What is chosen for the line, then what nobody has looked at yet; what was given back is left to the browser. @param {Pick<import("../upload/upload.js").Upload, "claimed" | "cursor" | "partCount">} u */
function* next({ claimed, cursor, partCount }) {
  yield* claimed;
  for (let number = cursor; number <= partCount; number += 1) yield number;
}

/** @typedef {Pick<import("../upload/upload.js").Upload, "partCount" | "confirmed" | "sends">} Split */

/** @param {Split} u */
const unconfirmed = (u) => Array.from({ length: u.partCount }, (_, at) => at + 1).filter((number) => !u.confirmed.has(number));

/** Parts that are not sent here before the browser could have them. @param {Split} u */
export const leftParts = (u) => unconfirmed(u).filter((number) => !u.sends(number));

/** Is there any such part? @param {Split} u */
export const leavesSome = (u) => leftParts(u).length > 0;

/** Bytes of a form, rather some more (RFC 7578). @param {{fields: Record<string, string>, blob: {size: number}}} form */
export const bodyBytes = ({ fields, blob }) => Object.entries(fields).reduce((sum, [name, value]) => sum + AROUND + name.length + value.length, 2 * AROUND + blob.size);

/**
 * Bytes that the browser has in hand and that have not arrived, rather too many: of what the server only counts nobody knows which parts it is. It may
 * be what the engine kept for itself, or come from another browser.
 * @param {Pick<import("../upload/upload.js").Upload, "kept" | "confirmed" | "size" | "partSize">} u
 */
export const leftThere = ({ kept, confirmed, size, partSize }) => size - bytesIn(new Set([...confirmed, ...(kept ?? [])]), size, partSize);

/** Parts that the browser cannot be given, wherever they are just now: there is no form for them. @param {Split} u @param {{u: unknown, number: number}[]} forms of any upload */
export const unformed = (u, forms) => {
  const formed = new Set(forms.filter((form) => form.u === u).map(({ number }) => number));
  return unconfirmed(u).filter((number) => !formed.has(number));
};
