// What the twin of the server takes, and in which parts: the rules of the real one, with parts as small as wanted.

import { cleanType, isListed, takenFor } from "../../core/files/media_types.js";
import { recognised } from "../../core/files/signs.js";
import { problem } from "./memoryproblems.js";

const MAX_NAME = 4096;
const MAX_KEY = 200;
const MAX_MEMBERS = 20;
const MAX_TEXT = 1000;
const MAX_METADATA = 4096;
const MEMBERS = new Set(["name", "size", "type", "last_modified", "head", "line_rate", "metadata", "uploader", "group", "path"]);

/** @typedef {import("../../core/ports/ports.js").NewFile} NewFile */

/** @param {{size: number, partSize: number}} u @param {number} number */
export const sizeOfPart = (u, number) => Math.min(u.partSize, u.size - (number - 1) * u.partSize);

/** @param {{size: number, partSize: number}} u */
export const partCount = (u) => Math.ceil(u.size / u.partSize);

/** The key as it counts. @param {string} key */
export const cleanKey = (key) => {
  const clean = key.trim();
  if (!clean) throw problem("idempotency_key_missing");
  if (clean.length > MAX_KEY || /[^\P{C}]/u.test(clean)) throw problem("invalid_request");
  return clean;
};

/** The name without folders and control characters. @param {string} raw */
const cleanName = (raw) => {
  const last = raw
    .normalize("NFC")
    .replace(/[^\P{C}]/gu, "")
    .split(/[/\\]/)
    .findLast((piece) => piece.replace(/[. ]/g, ""));
  const name = (last ?? "").trim().replace(/[. ]+$/, "");
  if (!name.replace(/[. _]/g, "")) throw problem("bad_name");
  return name;
};

/** @param {Record<string, string>} metadata */
const isMetadata = (metadata) => {
  const members = Object.entries(metadata);
  const fits = members.length <= MAX_MEMBERS && new TextEncoder().encode(JSON.stringify(metadata)).length <= MAX_METADATA;
  return fits && members.every(([name, text]) => /^[\w.-]{1,64}$/.test(name) && typeof text === "string" && [...text].length <= MAX_TEXT && !text.includes("\0"));
};

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** Whether a request looks like one. @param {NewFile} file */
const isForm = (file) =>
  file.name.length <= MAX_NAME && Number.isInteger(file.size) && file.size >= 0 && (file.line_rate ?? 0) >= 0 &&
  Object.keys(file).every((member) => MEMBERS.has(member)) && isMetadata(file.metadata ?? {}) && /^[\w-]{0,64}$/.test(file.uploader ?? "") && /^[\w-]{0,64}$/.test(file.group ?? "") && (file.path ?? "").length <= MAX_NAME;

/**
 * The file as it is written down; throws what it is refused with.
 * @param {NewFile} file @param {import("../../core/ports/ports.js").Settings} settings @param {number | null} free bytes of the owner's quota, null without one
 */
export const checked = (file, settings, free) => {
  if (!isForm(file)) throw problem("invalid_request");
  const [name, type] = [cleanName(file.name), cleanType(file.type, file.name)];
  if (!file.size) throw problem("empty_file");
  const limit = settings.max_file_size;
  if (limit !== null && file.size > limit) throw problem("file_too_large", { limit });
  if (settings.allowed_types.length && !isListed(settings.allowed_types, name, takenFor(name, type, file.head && recognised(name, type, bytesOf(file.head))))) throw problem("type_not_allowed", { allowed_types: settings.allowed_types });
  if (free !== null && file.size > free) throw problem("owner_quota_exceeded");
  return { name, type, size: file.size, last_modified: file.last_modified, metadata: file.metadata ?? {}, uploader: file.uploader ?? "" };
};
