// Decides what an answer means (confirmed, sign again, read again, wait, refused) and what to say to the person.

import { isolated } from "../files/direction.js";

/** The network failed: no answer, cut, stalled. */
export class NetworkError extends Error {}

/** The person's file (or its staged copy) cannot be read any more. */
export class ReadError extends Error {}

/** Whoever wrote part files went away with its page: another page brings another. */
export class WriterGone extends Error {}

/** The server refused with a problem document (RFC 9457). */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, detail?: string, [field: string]: unknown}} problem
   * @param {number} retryAfter seconds, 0 when not said
   */
  constructor(status, problem, retryAfter = 0) {
    super(problem.detail || `status ${status}`);
    this.status = status;
    this.code = problem.code ?? "";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The browser is sending it by itself, so that it cannot be taken back before it has arrived. @param {unknown} error */
export const isUnstoppable = (error) => error instanceof DOMException && error.name === "InvalidStateError";

/** Who asks is nobody to the server: their session has ended. It goes on when they have signed in. @param {unknown} error */
export const isSignedOut = (error) => error instanceof ApiError && error.code === "not_signed_in";

/** @param {unknown} error */
export const isAway = (error) =>
  error instanceof NetworkError ||
  isSignedOut(error) ||
  (error instanceof ApiError && (!error.code || error.status >= 500 || error.status === 429 || error.status === 408));

/** What the server takes no more of for now; all else goes on meanwhile. */
const TOO_MUCH = new Set(["too_many_requests", "too_many_open_uploads", "site_full"]);

/** @param {unknown} error */
export const isTooMuch = (error) => error instanceof ApiError && TOO_MUCH.has(error.code);

/** The server is there, and its store is not. @type {Record<string, string>} */
const STORE = { store_unavailable: "store_unreachable", store_shut: "store_shut", store_full: "store_full" };

/** A path or a method that nobody knows there. Our server says so with a code. */
const UNKNOWN = new Set([404, 405]);

/** @param {unknown} error the reason for waiting, as a code */
export const awayReason = (error) => {
  if (!(error instanceof ApiError)) return "no_connection";
  if (TOO_MUCH.has(error.code)) return error.code;
  if (isSignedOut(error)) return "signed_out";
  if (STORE[error.code]) return STORE[error.code];
  if (error.code || error.status >= 500) return "server_away";
  return UNKNOWN.has(error.status) ? "no_server" : "portal";
};

const DIGEST = new Set(["BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"]);
const BUSY = new Set(["RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable"]);
/** The store has no room: to sign again brings none. */
const FULL = new Set(["InsufficientStorage", "QuotaExceeded", "StorageQuotaExceeded", "StorageCapExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"]);

/** @param {string} body an S3 error document; https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const storeErrorCode = (body) => /<Code>([A-Za-z0-9]+)<\/Code>/.exec(body)?.[1] ?? "";

/**
 * What the answer to the PUT of a part means.
 *
 * `confirmed`; `resign` (the URL is no longer good); `rehash` (the bytes were not the ones signed: read and hash again);
 * `reopen` (the multipart upload is gone: ask the server); `portal` (somebody else answered for the store);
 * `wait` (the store is busy).
 * @param {{status: number, etag: string, checksum: string, body: string}} answer
 * @param {string} sha256 base64, as signed
 */
export const classifyPut = ({ status, etag, checksum, body }, sha256) => {
  // A sign-in page answers 200 as well: only the store knows the part's ETag.
  if (status === 200) return etag && (!checksum || checksum === sha256) ? "confirmed" : "portal";
  const code = storeErrorCode(body);
  if (DIGEST.has(code)) return "rehash";
  if (BUSY.has(code) || FULL.has(code) || status === 408 || status === 429 || (status >= 500 && status !== 511)) return "wait";
  if (!code) return "portal";
  if (status === 404) return "reopen";
  return "resign";
};

/** Sentences for a person: what is so, and what to do. `{name}` is the file's name. @type {Record<string, string>} */
const SENTENCES = {
  empty_file: "This file is empty (0 bytes), so there is nothing to upload. Check it and drop it again.",
  file_too_large: "This file is larger than the {limit} allowed here. Split it or ask for a higher limit.",
  type_not_allowed: "Files of this type are not taken here. Choose one of these: {types}.",
  too_many_files: "No more than {most} can be on the way here at a time. Wait until one is done, or cancel one, then drop {name} again.",
  metadata_inexact: "This page cannot say exactly what {name} belongs to, so it was not taken. Tell whoever runs this site.",
  owner_quota_exceeded: "Your space here is used up. Delete files you no longer need, then press Retry.",
  file_changed: "{name} changed, moved or was deleted while it was being read. Choose it again: if it is as it was it goes on, else it is sent anew.",
  other_version: "Another version of {name} is being sent by another browser. Choose the file again to send this one in its place.",
  other_file: "That is another file than {name} ({size}), which was begun. Choose the original, or cancel and drop the new one.",
  rest_needed: "A part of {name} is not in this browser. Choose it once more and it goes on to the end.",
  file_needed: "This browser has let go of the rest. Choose {name} once more and it goes on from {percent} %.",
  folder: "A folder cannot be read this way. Drop it on the page again or use “choose a folder”.",
  folder_empty: "This folder holds no files. Choose another one.",
  unreadable: "{name} could not be read. Check that it still exists and that you may open it, then drop it again.",
  upload_not_found: "The server no longer knows this upload. Press Retry to send the file again.",
  expired: "This upload stood still for too long and was closed. Press Retry to send the file again.",
  checksum_mismatch: "The file arrived damaged several times. Press Retry to send it again.",
  insecure: "Uploads need a secure address (https). Open this page with https:// and try again.",
  storage_blocked: "This browser keeps nothing for this site, not even cookies, so it cannot upload. Allow cookies for this site in its settings, then open the page again.",
  no_engine: "This browser cannot run uploads in the background. Update it, or use another one.",
  internal_error: "Something went wrong on our side. Press Retry; what was sent is safe.",
};

/**
 * @param {string} code
 * @param {Record<string, string | number>} values
 * @param {string} [fallback] the server's own sentence
 */
export const sentence = (code, values, fallback = "") =>
  (SENTENCES[code] ?? (fallback || SENTENCES.internal_error)).replace(/\{(\w+)\}/g, (_, key) => isolated(String(values[key] ?? "")));
