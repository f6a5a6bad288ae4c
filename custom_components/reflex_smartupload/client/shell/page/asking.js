// Decides when this page asks for something of the store, so that the browser asks its person whether the site may reach a private network: of what a
// worker asks for it refuses that, and says nothing.

import { knock } from "../../io/network/reach.js";

/** ms between two times: whoever puts the question away is not asked at once again. */
const AGAIN = 60_000;

/** @param {() => void} reached the store has answered */
export const createAsking = (reached) => {
  let askedAt = -Infinity;
  let isAsking = false;
  return {
    /** The engine does not get there. @param {string} origin */
    ask: async (origin) => {
      if (isAsking || document.visibilityState !== "visible" || performance.now() - askedAt < AGAIN) return;
      isAsking = true;
      const answers = await knock(origin);
      isAsking = false;
      askedAt = performance.now();
      if (answers) reached();
    },
    /** The person wants it tried. */
    again: () => {
      askedAt = -Infinity;
    },
  };
};
