// What the twin of the server refuses with: the codes of the real one and their statuses; of one call about many each as the call about it alone would be.

import { ApiError } from "../../core/ports/errors.js";

/** @type {Record<string, number>} */
const STATUS = {
  empty_file: 422, file_too_large: 413, type_not_allowed: 415, owner_quota_exceeded: 403, bad_name: 422, invalid_request: 422,
  idempotency_key_missing: 400, idempotency_key_reused: 422, upload_not_found: 404, not_found: 404, upload_paused: 409, upload_not_open: 409,
  parts_missing: 409, other_version: 409, part_out_of_range: 422, part_size_mismatch: 422, checksum_mismatch: 409, handover_unavailable: 409, store_unavailable: 503, not_signed_in: 401, too_many_open_uploads: 429, site_full: 507,
};

/** Seconds. @type {Record<string, number>} */
const RETRY_AFTER = { store_unavailable: 5, too_many_open_uploads: 5, site_full: 60 };

/** @param {string} code @param {object} [more] further members of the answer */
export const problem = (code, more = {}) => {
  const after = RETRY_AFTER[code] ?? 0;
  return new ApiError(STATUS[code], { code, status: STATUS[code], detail: `The server says: ${code.replaceAll("_", " ")}.`, ...(after && { retry_after: after }), ...more }, after);
};

const MOST = 100;

/** Throws where one call is about more than it may be, or about nothing. @param {...number} counts */
export const fits = (...counts) => {
  if (counts.some((count) => count < 1 || count > MOST)) throw problem("invalid_request");
};

/**
 * @template I
 * @template {string} M
 * @template A
 * @param {M} member of a result that is no problem @param {I[]} items @param {(item: I) => A} work
 * @returns {{results: ({[name in M]: A} | {problem: object})[]}}
 */
export const resultsOf = (member, items, work) => ({
  results: items.map((item) => {
    try {
      return /** @type {{[name in M]: A}} */ ({ [member]: work(item) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { problem: error.problem };
    }
  }),
});
