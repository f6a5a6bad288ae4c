// Decides what a file's first bytes show: the certain signs that the server's `files/magic_numbers` knows, so that both take a file for the same.
/* eslint no-control-regex: "off" -- the signs of files are full of such characters */
import { matches, ofName, UNKNOWN } from "./media_types.js";

/** Bytes that are looked at. */
export const HEAD = 4096;

/** @typedef {readonly string[]} Kind its media type, then the others (with asterisks) that are right for it, too */

/** @type {Record<string, Kind>} */
const KINDS = {
  windows: ["application/vnd.microsoft.portable-executable", "application/x-ms*", "application/x-dosexec"],
  installer: ["application/x-msi", "application/x-ms*"],
  linux: ["application/x-executable", "application/x-elf", "application/x-sharedlib"],
  mac: ["application/x-mach-binary"],
  script: ["text/x-script", "text/*", "application/*"],
  pdf: ["application/pdf", "application/x-pdf"],
  png: ["image/png", "image/x-png", "image/apng"],
  jpeg: ["image/jpeg", "image/jpg", "image/pjpeg"],
  gif: ["image/gif"],
  webp: ["image/webp"],
  heif: ["image/heic", "image/heif", "image/hei*-sequence"],
  avif: ["image/avif"],
  tiff: ["image/tiff", "image/x-*", "image/dng"],
  photoshop: ["image/vnd.adobe.photoshop", "image/*", "application/*photoshop"],
  mp4: ["video/mp4", "video/*", "audio/*"],
  matroska: ["video/x-matroska", "video/*", "audio/*"],
  riff: ["video/x-msvideo", "video/*", "audio/*"],
  ogg: ["audio/ogg", "audio/*", "video/*", "application/ogg"],
  flac: ["audio/flac", "audio/x-flac"],
  mp3: ["audio/mpeg", "audio/*"],
  asf: ["video/x-ms-wmv", "video/*", "audio/*", "application/*asf"],
  zip: ["application/zip", "application/*", "model/*", "image/openraster"],
  seven: ["application/x-7z-compressed"],
  rar: ["application/vnd.rar", "application/x-rar*"],
  gzip: ["application/gzip", "application/x-*", "image/svg+xml*"],
  xz: ["application/x-xz", "application/x-*"],
  bzip: ["application/x-bzip2", "application/x-*"],
  zstd: ["application/zstd", "application/x-*"],
  ole: ["application/x-ole-storage", "application/*"],
  rtf: ["application/rtf", "text/*", "application/msword"],
  html: ["text/html", "application/xhtml+xml", "text/*"],
  xml: ["application/xml", "text/*", "application/*", "model/*", "image/svg+xml"],
};
const OWN = new Map(Object.values(KINDS).map((kind) => [kind[0], kind]));

/** @param {string} head @param {number} at */
const number = (head, at) => [3, 2, 1, 0].reduce((sum, byte) => sum * 256 + head.charCodeAt(at + byte), 0);

/** MZ alone begins many a text: it is a program when the header that it points to is one, or can be one further on. @param {string} head */
const windows = (head) => {
  if (head.length < 0x40) return null;
  const at = number(head, 0x3c);
  const beyond = head.length - 4 < at && at < 2 ** 28 && /^\0*$/.test(head.slice(0x1c, 0x24) + head.slice(0x28, 0x3c));
  return /^(PE\0\0|NE|LE|LX)/.test(head.slice(at, at + 4)) || beyond ? KINDS.windows : null;
};

/** An installer has its class in the root entry. @param {string} head */
const ole = (head) => {
  if (head.length < 0x34) return KINDS.ole;
  const shift = Math.min(head.charCodeAt(0x1e) + 256 * head.charCodeAt(0x1f), 16);
  const root = (number(head, 0x30) + 1) * 2 ** shift;
  return /^[\x82\x84\x86]\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46/.test(head.slice(root + 0x50, root + 0x60)) ? KINDS.installer : KINDS.ole;
};

/** @type {[Kind, string][]} */
const BRANDS = [
  [KINDS.avif, "avif avis"],
  [KINDS.heif, "heic heix heim heis hevc hevx mif1 msf1"],
  [KINDS.mp4, "isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 dash MSNV NDSC mmp4 f4v qt M4V M4A M4B 3gp4 3gp5 3gp6 3g2a"],
];
/** @param {string} head */
const iso = (head) => BRANDS.find(([, brands]) => brands.split(" ").includes(head.slice(8, 12).trim()))?.[0] ?? null;

/** @param {string} head */
const riff = (head) => new Map([["WEBP", KINDS.webp], ["AVI ", KINDS.riff], ["WAVE", KINDS.riff]]).get(head.slice(8, 12)) ?? null;

/** @type {[RegExp, Kind | ((head: string) => Kind | null)][]} */
const PATTERNS = [
  [/^MZ/, windows],
  [/^\x7fELF[\x01\x02][\x01\x02]\x01/, KINDS.linux],
  [/^[\xce\xcf]\xfa\xed\xfe[\x07\x0c\x12]\0\0[\0\x01]/, KINDS.mac],
  [/^\xfe\xed\xfa[\xce\xcf][\0\x01]\0\0[\x07\x0c\x12]/, KINDS.mac],
  [/^\xca\xfe\xba[\xbe\xbf]\0\0\0[\x01-\x14][\0\x01]\0\0[\x07\x0c\x12]/, KINDS.mac],
  [/^#![ \t]*\/[\w.+-]+(\/[\w.+-]+)+[^\n]{0,200}\n/, KINDS.script],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, ole],
  [/^%PDF-[12]\.\d/, KINDS.pdf],
  [/^\x89PNG\r\n\x1a\n/, KINDS.png],
  [/^\xff\xd8\xff[\xc0-\xfe]/, KINDS.jpeg],
  [/^GIF8[79]a/, KINDS.gif],
  [/^RIFF/, riff],
  [/^(II\*\0|MM\0\*)/, KINDS.tiff],
  [/^8BPS\0[\x01\x02]\0{6}/, KINDS.photoshop],
  [/^\0\0[\0-\x0f][^]ftyp[\w -]{4}/, iso],
  [/^\x1aE\xdf\xa3/, KINDS.matroska],
  [/^OggS\0[\0-\x07]/, KINDS.ogg],
  [/^fLaC\0\0\0\x22/, KINDS.flac],
  [/^ID3[\x02-\x04][^][\0\x10\x20\x40\x80\xa0\xc0\xe0][\0-\x7f]{4}/, KINDS.mp3],
  [/^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, KINDS.asf],
  [/^PK(\x03\x04|\x05\x06|\x07\x08PK)/, KINDS.zip],
  [/^7z\xbc\xaf\x27\x1c/, KINDS.seven],
  [/^Rar!\x1a\x07[\0\x01]/, KINDS.rar],
  [/^\x1f\x8b\x08[\0-\x1f]/, KINDS.gzip],
  [/^\xfd7zXZ\0/, KINDS.xz],
  [/^BZh[1-9]1AY&SY/, KINDS.bzip],
  [/^\x28\xb5\x2f\xfd/, KINDS.zstd],
  [/^\{\\rtf1/, KINDS.rtf],
  [/^(\xef\xbb\xbf)?[ \t\n\r\f\v]*<(!doctype[ \t\n\r\f\v]+html|html)[ \t\n\r\f\v>]/i, KINDS.html],
  [/^(\xef\xbb\xbf)?[ \t\n\r\f\v]*<(\?xml|svg)[ \t\n\r\f\v]/, KINDS.xml],
];

const OOXML = "application/vnd.openxmlformats-officedocument";
/** @type {Record<string, string>} */
const PARTS = { word: "wordprocessingml.document", xl: "spreadsheetml.sheet", ppt: "presentationml.presentation" };
/** @type {Record<string, string>} */
const ROOTS = { svg: "image/svg+xml", xliff: "application/xliff+xml", tmx: "application/x-tmx+xml", martif: "application/x-tbx+xml", tbx: "application/x-tbx+xml" };

/** What a container says that it holds, where that is among the first bytes. @param {Kind} kind @param {string} head */
const inside = (kind, head) => {
  if (kind === KINDS.zip) {
    const found = /^PK\x03\x04[^]{22}\x08\0\0\0mimetype([a-z]{1,20}\/[a-z0-9.+-]{1,100})/.exec(head)?.[1];
    const part = /PK\x03\x04[^]{26}(word|xl|ppt)\//.exec(head)?.[1];
    return found ?? (part ? `${OOXML}.${PARTS[part]}` : "");
  }
  const root = kind === KINDS.xml && /<(svg|xliff|tmx|martif|tbx)[ \t\n\r\f\v>]/.exec(head)?.[1];
  return root ? ROOTS[root] : "";
};

/** @param {Kind} kind @param {string} one */
const fits = (kind, one) => one !== UNKNOWN && (OWN.get(one) ?? kind) === kind && kind.some((glob) => matches(glob, one));

/**
 * The media type that the first bytes show, empty when they show none.
 * @param {string} name @param {string} declared clean @param {Uint8Array} bytes the first ones
 */
export const recognised = (name, declared, bytes) => {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  const found = PATTERNS.find(([pattern]) => pattern.test(head))?.[1] ?? null;
  const kind = typeof found === "function" ? found(head) : found;
  if (!kind) return "";
  const meanings = ofName(name);
  const byName = [...meanings.flatMap((meaning) => (meaning.includes(declared) ? [declared] : [])), ...meanings.map((meaning) => meaning[0])];
  return [...byName, inside(kind, head), declared].find((one) => fits(kind, one)) ?? kind[0];
};
