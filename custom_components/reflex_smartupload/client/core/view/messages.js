// Decides how sizes, speeds, times and states read.

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** @param {number} bytes */
const scale = (bytes) => {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return { value, unit };
};

/** @param {number} value @param {number} unit */
const figure = (value, unit) => (unit === 0 || value >= 99.5 ? String(Math.round(value)) : value >= 9.95 ? value.toFixed(unit > 2 ? 1 : 0) : value.toFixed(unit > 2 ? 2 : 1));

/** "2.14 GB"; decimal units, as file managers and drives show them. @param {number} bytes */
export const sizeText = (bytes) => {
  const { value, unit } = scale(bytes);
  return `${figure(value, unit)} ${unit === 0 && Math.round(value) === 1 ? "byte" : UNITS[unit]}`;
};

/** "5 TB": a round figure, for limits. @param {number} bytes */
export const roundSizeText = (bytes) => sizeText(bytes).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");

/** "1.31 of 2.14 GB". @param {number} done @param {number} size */
export const amountText = (done, size) => {
  if (done >= size) return sizeText(size);
  const { unit } = scale(size);
  return `${figure(done / 1000 ** unit, unit)} of ${sizeText(size)}`;
};

/** "6.2 MB/s"; empty when nothing can be said. @param {number} rate bytes per second */
export const speedText = (rate) => (rate >= 1 ? `${sizeText(rate)}/s` : "");

/**
 * "4–6 min left".
 * @param {{low: number, high: number} | null} left seconds
 */
export const timeText = (left) => {
  if (!left) return "";
  const { low, high } = left;
  if (high < 5) return "a few seconds left";
  const [per, unit] = high < 90 ? [5, "s"] : high < 5400 ? [60, "min"] : [3600, "h"];
  const step = unit === "s" ? 5 : 1;
  const from = Math.max(1, Math.round(low / per)) * step;
  const to = Math.max(1, Math.ceil(high / per - 0.2)) * step;
  return from >= to ? `about ${to} ${unit} left` : `${from}–${to} ${unit} left`;
};

/** The short label in the card's icon: "MOV". @param {string} name */
export const kindText = (name) => {
  const at = name.lastIndexOf(".");
  const ending = at > 0 ? name.slice(at + 1) : "";
  return /^[a-z0-9]{1,4}$/i.test(ending) ? ending.toUpperCase() : "FILE";
};

/** States and reasons in words. @type {Record<string, string>} */
const WORDS = {
  paused: "paused by you",
  paused_handed: "paused by you; your browser still sends what it was given",
  no_connection: "no connection, goes on when it is back",
  server_away: "the server is away, goes on when it is back",
  too_many_requests: "much was asked from here just now, goes on by itself in a while",
  too_many_open_uploads: "many files are on their way already, this one begins when some of them are done",
  site_full: "there is no room on this site just now, goes on when there is",
  store_unreachable: "the store cannot be reached, goes on when it is back",
  store_shut: "the store does not let this site in; nothing is lost, tell whoever runs it",
  store_full: "the store is full; nothing is lost, and it goes on when there is room",
  store_away: "the store is busy, goes on by itself",
  no_server: "the server of this page takes no uploads yet, goes on when it does",
  signed_out: "you are signed out; sign in, and it goes on",
  store_private: "this browser does not let the page reach the store, which is in a private network: allow it to reach devices on the local network; goes on after that",
  way_closed: "something between this browser and the store keeps them apart: a filter of this network, or the store does not know this site; tried again by itself",
  way_cut: "the line to the store is cut before a part is through; tried again from time to time",
  way_gateway: "something before the store answers that it is away, goes on when it is back",
  way_proxy: "the proxy of this network wants you to sign in first; goes on after that",
  way_refused: "something between this browser and the store refuses the upload; ask who runs this network, or use another one; tried again by itself",
  way_too_large: "something between this browser and the store lets no upload of this size through; ask who runs this network, or use another one; tried again from time to time",
  portal: "this network asks you to sign in first; goes on after that",
  queued: "next in line",
  handed: "sent by the browser itself",
  anew: "begun anew, from the first byte",
  starting: "getting ready",
  staging: "being made safe in this browser",
  verifying: "being checked",
  scanning: "being checked",
  cancelled: "cancelled",
  cancelled_handed: "your browser still sends what it was given; it is thrown away",
  expired: "expired",
  duplicate: "already on its way: this is the same file",
  crowded: "no more can be on the way here just now; wait until one is done, then press Retry",
  elsewhere: "on its way from another browser",
  unstaged: "this window keeps nothing for later",
};

/** @param {string} code */
export const wordsFor = (code) => WORDS[code] ?? "";

/** Made once: to make one costs more than all else that a card shows. */
const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hour12: false });

/** "11:42" in the browser's own zone. @param {number} at ms since 1970 */
export const clockText = (at) => CLOCK.format(at);

/** @param {number} count @param {string} one @param {string} many */
export const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
