// Decides how a name stands in a sentence whose text runs the other way.

import { isRightToLeft } from "../words/words.js";

/** Letters of scripts from right to left, and the signs that turn a direction. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What begins and ends such a place: one of the name's own would be taken for ours. */
const ISOLATES = /[\u2066-\u2069]/g;

/** The name between two signs that nobody sees, so that it turns nothing around it; as it is where it could not. @param {string} name */
export const isolated = (name) => (isRightToLeft() || RIGHT_TO_LEFT.test(name) ? `\u2068${name.replace(ISOLATES, "")}\u2069` : name);
