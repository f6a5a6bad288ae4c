// Decides what is done next: of which upload a part is sent, and which part is staged, and how. Which of its parts is sent stands in ../upload/parts.js.


/** Uploads of which parts are chosen in turn. */
export const ABREAST = 4;

/**
 * The upload of which a part is chosen next: the one with the fewest ahead of the line among the first few of which any is left to choose,
 * so that a small file does not wait behind a large one, and small ones go in crowds.
 * @template {{partsAhead: number}} U
 * @param {Iterable<U>} uploads in the order in which they came
 * @param {(upload: U) => boolean} hasNext
 * @returns {U | null}
 */
export const nextUpload = (uploads, hasNext) => {
  let best = null;
  let seen = 0;
  for (const upload of uploads) {
    if (!hasNext(upload)) continue;
    if (!best || upload.partsAhead < best.partsAhead) best = upload;
    seen += 1;
    if (seen >= ABREAST) break;
  }
  return best;
};

/**
 * Which part goes on the line next, -1 for none: files of one part and files of several share it, so that a crowd of small ones waits for no large one, and
 * a large one not for the crowd. Where both have as much of it they take turns.
 * @param {{isAlone: boolean, mayGo: boolean}[]} signed in the order in which they were signed
 * @param {{alone: number, all: number, wasAlone: boolean}} line parts on it; `wasAlone`: the last one that went
 */
export const nextForLine = (signed, { alone, all, wasAlone }) => {
  const several = all - alone;
  const wanted = alone === several ? !wasAlone : alone < several;
  const at = signed.findIndex(({ isAlone, mayGo }) => mayGo && isAlone === wanted);
  return at < 0 ? signed.findIndex(({ mayGo }) => mayGo) : at;
};

/**
 * A little more than the bytes, since the browser keeps its own records as well.
 * @param {number} size bytes
 * @param {number} room bytes
 */
export const fits = (size, room) => size * 1.02 + 1e6 <= room;

/**
 * How to stage a file: the faster of the two ways that can hold it, by what was measured in this browser.
 * @param {{size: number, room: number, snapshot: boolean, opfs: boolean, rate: (way: "snapshot" | "opfs") => number}} facts `rate` in bytes/s
 * @returns {"snapshot" | "opfs" | ""}
 */
export const stageWay = ({ size, room, snapshot, opfs, rate }) => {
  const ways = /** @type {("snapshot" | "opfs")[]} */ ([]);
  if (snapshot && fits(size, room)) ways.push("snapshot");
  // Part files are freed one by one, so that they need less than the whole file.
  if (opfs && room > 0) ways.push("opfs");
  ways.sort((a, b) => rate(b) - rate(a));
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

/** Bytes of a part that browsers count as gone although they lie in a buffer: what a socket of Linux takes in by default at most (tcp_wmem), and some of the browser's own. */
export const BUFFERED = 4e6;

/**
 * The next part to stage in OPFS. From the tail: the sender comes from the head, and they meet. Then also parts that are
 * already chosen for the line, unless they are sent before they could be written: on a slow line that takes minutes.
 * @param {{partCount: number, partSize: number, confirmed: ReadonlySet<number>, claimed: ReadonlySet<number>, stagedParts: ReadonlySet<number>, loaded: ReadonlyMap<number, number>}} upload
 * @param {{sendRate: number, stageRate: number}} rates bytes/s; `sendRate` of one part on the line, 0 when unknown
 * @param {number} [buffered] bytes
 * @returns {number} 0 when every part is confirmed, staged or nearly sent
 */
export const nextToStage = ({ partCount, partSize, confirmed, claimed, stagedParts, loaded }, { sendRate, stageRate }, buffered = BUFFERED) => {
  let chosen = 0;
  for (let number = partCount; number > 0; number -= 1) {
    if (confirmed.has(number) || stagedParts.has(number)) continue;
    if (!claimed.has(number)) return number;
    const left = partSize - Math.max(0, (loaded.get(number) ?? 0) - buffered);
    if (!chosen && (!sendRate || left / sendRate > partSize / stageRate)) chosen = number;
  }
  return chosen;
};

/** Parts on the line at a time on any line. */
export const USUAL = 4;
/** More of them, where all are through within so many seconds: what is on the line is lost when the browser is closed. */
const THROUGH = 60;
const LARGE_PART = 8 * 2 ** 20;

/**
 * Parts that may be on the line at the same time. On a line that loses packets each one more brings more.
 * @param {number} most what the server allows
 * @param {number} rate bytes/s of the line, 0 when unknown
 */
export const atOnce = (most, rate) => Math.min(most, Math.max(USUAL, Math.floor((rate * THROUGH) / LARGE_PART)));

/** Parts that may be at hand ahead of the line: as many as one call signs. */
const MOST_AHEAD = 100;
/** Bytes of them on a slow line, where nobody says how much there may be. */
export const BYTES_AHEAD = 32e6;

/** Seconds of what the line does that are worth having at hand, and of them signed: the rest goes with the next call. */
const SECONDS_AHEAD = 3;
const SECONDS_SIGNED = 1;

/**
 * May one more part be read and hashed ahead of the line? Enough are to keep it busy and to sign several in a call. Large ones lie in their file until they go out, and
 * many small ones are held in memory, which their number bounds.
 * @param {{parts: number, bytes: number}} ahead what is at hand already
 * @param {number} partBytes of the one more
 * @param {{parallel: number, rate?: number, most?: number}} limits parts on the line; bytes/s of it, 0 when unknown; bytes ahead of it at least
 */
export const mayReadAhead = ({ parts, bytes }, partBytes, { parallel, rate = 0, most = BYTES_AHEAD }) =>
  parts < (rate ? 2 : 1) * parallel || (parts < MOST_AHEAD && bytes + partBytes <= Math.max(most, rate * SECONDS_AHEAD));

/**
 * Is so much of large files signed that the next ones can wait, to be signed in one call?
 * @param {{parts: number, bytes: number}} signed what may go out
 * @param {{parallel: number, rate: number}} line as for mayReadAhead
 */
export const isSignedAhead = ({ parts, bytes }, { parallel, rate }) => rate > 0 && parts >= parallel / 2 && bytes >= rate * SECONDS_SIGNED;

/**
 * Milliseconds without progress after which a part is taken to be stuck.
 * @param {number} loaded bytes out
 * @param {number} size bytes of the part
 */
export const stallAfter = (loaded, size) => (loaded >= size ? 60_000 : 20_000);

