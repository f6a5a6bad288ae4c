// How the twin of the server answers one call about many uploads: each as the call about it alone would be.

import { ApiError } from "../../core/ports/errors.js";
import { problem } from "./memoryproblems.js";

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
