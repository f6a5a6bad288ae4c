// Decides what an answer means: confirmed, sign again, read again, wait, refused.

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
