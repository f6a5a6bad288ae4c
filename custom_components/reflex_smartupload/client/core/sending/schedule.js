// Decides what is done next: of which upload a part is sent, and which part is staged, and how. Which of its parts is sent stands in ../upload/parts.js.


/** Uploads that may have parts on the line at the same time. */
const ABREAST = 4;

/**
 * The upload whose part goes next: the one with the fewest parts under way among the first few that have any,
 * so that a small file does not wait behind a large one.
 * @template {{claimed: {size: number}}} U
 * @param {Iterable<U>} uploads in the order in which they came
 * @param {(upload: U) => boolean} hasNext
 * @returns {U | null}
 */
export const nextUpload = (uploads, hasNext) => {
  let best = null;
  let seen = 0;
  for (const upload of uploads) {
    const open = hasNext(upload);
    if (open && (!best || upload.claimed.size < best.claimed.size)) best = upload;
    if (open || upload.claimed.size) seen += 1;
    if (seen >= ABREAST) break;
  }
  return best;
};

/** Bytes/s before anything was measured here; measured on Chromium, Firefox and WebKitGTK, the slowest of the three. */
export const ASSUMED = { snapshot: 430e6, opfs: 230e6 };

/**
 * A little more than the bytes, since the browser keeps its own records as well.
 * @param {number} size bytes
 * @param {number} room bytes
 */
export const fits = (size, room) => size * 1.02 + 1e6 <= room;

/**
 * How to stage a file: the faster of the two ways that can hold it, by what was measured in this browser.
 * @param {{size: number, room: number, snapshot: boolean, opfs: boolean, rates: Record<string, number>}} facts
 * @returns {"snapshot" | "opfs" | ""}
 */
export const stageWay = ({ size, room, snapshot, opfs, rates }) => {
  const ways = /** @type {("snapshot" | "opfs")[]} */ ([]);
  if (snapshot && fits(size, room)) ways.push("snapshot");
  // Part files are freed one by one, so that they need less than the whole file.
  if (opfs && room > 0) ways.push("opfs");
  ways.sort((a, b) => (rates[b] || ASSUMED[b]) - (rates[a] || ASSUMED[a]));
  return ways[0] ?? "";
};

/**
 * Is it worth staging, or are the bytes sent before they are written?
 * @param {{left: number, ahead: number, sendRate: number, stageRate: number}} facts `left` bytes of this upload not yet sent,
 *   `ahead` bytes of others that go first; rates in bytes/s, a send rate of 0 is unknown and counts as slow
 */
export const worthStaging = ({ left, ahead, sendRate, stageRate }) => {
  if (left <= 0) return false;
  if (!sendRate) return true;
  return (left + ahead) / sendRate > left / stageRate;
};

/**
 * The next part to stage in OPFS. From the tail: the sender comes from the head, and they meet. Then also parts that are
 * already chosen for the line, unless they are sent before they could be written: on a slow line that takes minutes.
 * @param {{partCount: number, partSize: number, confirmed: ReadonlySet<number>, claimed: ReadonlySet<number>, stagedParts: ReadonlySet<number>, loaded: ReadonlyMap<number, number>}} upload
 * @param {{sendRate: number, stageRate: number}} rates bytes/s; `sendRate` of one part on the line, 0 when unknown
 * @returns {number} 0 when every part is confirmed, staged or nearly sent
 */
export const nextToStage = ({ partCount, partSize, confirmed, claimed, stagedParts, loaded }, { sendRate, stageRate }) => {
  let chosen = 0;
  for (let number = partCount; number > 0; number -= 1) {
    if (confirmed.has(number) || stagedParts.has(number)) continue;
    if (!claimed.has(number)) return number;
    const left = partSize - (loaded.get(number) ?? 0);
    if (!chosen && (!sendRate || left / sendRate > partSize / stageRate)) chosen = number;
  }
  return chosen;
};

/**
 * How many parts may be read and hashed ahead of the line: enough to keep it busy, few enough to keep memory flat.
 * @param {number} parallel parts on the line
 * @param {number} partBytes size of a part
 */
export const lookAhead = (parallel, partBytes) => Math.max(parallel, Math.min(4 * parallel, Math.floor(32e6 / Math.max(1, partBytes))));

/**
 * Milliseconds without progress after which a part is taken to be stuck.
 * @param {number} loaded bytes out
 * @param {number} size bytes of the part
 */
export const stallAfter = (loaded, size) => (loaded >= size ? 60_000 : 20_000);

