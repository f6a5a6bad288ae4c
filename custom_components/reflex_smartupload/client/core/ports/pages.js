// Decides what pages are told of the uploads, and what can be said of that without knowing more. The values are made in ../view/card.js.

/**
 * @typedef {object} Card mirrored by card.py; every field is a plain value
 * @property {string} id
 * @property {string} upload_id "" until the server answered
 * @property {string} name
 * @property {string} path
 * @property {string} kind
 * @property {number} size bytes
 * @property {string} state
 * @property {number} percent confirmed and on the line, 0–100
 * @property {number} percent_safe confirmed or staged, 0–100
 * @property {string} amount
 * @property {string} speed
 * @property {string} eta
 * @property {string} detail
 * @property {string} leave "" | stay | return | continues
 * @property {string} leave_text
 * @property {string} error
 * @property {string} error_code
 * @property {boolean} wait
 * @property {string} wait_text
 * @property {boolean} can_pause
 * @property {boolean} can_resume
 * @property {boolean} can_cancel
 * @property {boolean} can_undo it was cancelled, and that can be undone for a while
 * @property {boolean} can_retry
 * @property {boolean} can_dismiss
 * @property {boolean} needs_file
 * @property {boolean} can_show it needs its file, and one click finds it again
 * @property {string} share_url
 * @property {string} download_url
 * @property {string} section "active" | "done"
 * @property {string} finished_at
 * @property {string} uploader which uploader of a page took it, "" for the one without a name
 * @property {string} sign_in_url it waits for somebody to sign in: where; else ""
 * @property {boolean} can_try_again something stands between this browser and the store: it is tried by itself, and at once when the person wants it
 * @property {boolean} can_send_now it waits for a line that costs nothing: it goes out at once when the person wants it
 * @property {string} group with which other files it was given, "" for one that came singly
 */

/**
 * @typedef {object} Group the card of all files that were given together, as a folder or many at once; mirrored by live.py
 * @property {string} id
 * @property {string} name of the folder, or how many files
 * @property {boolean} is_folder
 * @property {number} files that were not cancelled
 * @property {number} there how many of them are there
 * @property {number} size bytes of all of them, 0 while nobody knows
 * @property {string} count "251 of 1,000 files"
 * @property {string} amount
 * @property {string} state
 * @property {number} percent
 * @property {number} percent_safe
 * @property {string} speed
 * @property {string} eta
 * @property {string} detail
 * @property {string} leave
 * @property {string} leave_text
 * @property {boolean} wait
 * @property {string} wait_text
 * @property {number} problems files that need the person
 * @property {string} problem_text
 * @property {boolean} can_pause
 * @property {boolean} can_resume
 * @property {boolean} can_cancel
 * @property {boolean} can_undo it was cancelled, and that can be undone for a while
 * @property {boolean} can_retry
 * @property {boolean} can_send_now some of them wait for a line that costs nothing
 * @property {boolean} can_dismiss
 * @property {boolean} can_share the server knows one of them, so that there can be one link for all
 * @property {string} section "active" while one of them is on its way, else "done"
 * @property {string} finished_at
 * @property {string} sign_in_url
 * @property {string} uploader
 */

/** @typedef {{active: number, withdrawn: number, done: number, percent: number, eta: string, speed: string, leave: string, leave_text: string, title: string, text: string, if_page: string, if_tab: string, if_tabs: string, if_browser: string, if_computer: string}} Totals */

/** @type {Readonly<Totals>} */
export const NO_TOTALS = Object.freeze({ active: 0, withdrawn: 0, done: 0, percent: 0, eta: "", speed: "", leave: "", leave_text: "", title: "", text: "", if_page: "", if_tab: "", if_tabs: "", if_browser: "", if_computer: "" });

/** ms in which what was cancelled can be undone. */
export const UNDO = 10_000;

/** So many files that are given at once still have a card each. A folder is one card, however few it has. */
export const FEW = 20;

/** Something has to be done by the person, or went wrong. @param {Pick<Card, "needs_file" | "error" | "state">} card */
export const needsPerson = ({ needs_file, error, state }) => needs_file || error !== "" || ["blocked", "failed", "expired"].includes(state);

/** Is it in the list of its group? What was cancelled is so for as long as that can be undone. @param {Pick<Card, "state" | "can_undo">} card */
export const isInList = ({ state, can_undo }) => state !== "cancelled" || can_undo;
