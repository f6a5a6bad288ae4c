// Decides which parts stay with the engine when the browser is asked for the rest.

import { bytesIn, partSpan } from "../upload/part.js";

/**
 * Those on the line, and as many of the next as go out meanwhile, so that the line does not rest. What of a part has left nobody can
 * tell: browsers count what only lies in their buffers.
 * @param {Pick<import("../upload/upload.js").Upload, "loaded" | "claimed" | "confirmed" | "cursor" | "partCount" | "size" | "partSize">} u
 * @param {number} bytes that go out until the browser has the rest
 */
export const keptParts = (u, bytes) => {
  const kept = new Set(u.loaded.keys());
  let left = bytes - bytesIn(kept, u.size, u.partSize);
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
