// The changes of state that may be seen of an upload at the server between two looks, which leave out steps of service/records/states.py. What it may
// in the engine stands in core/upload/transitions.js.

/** @type {Record<string, string[]>} */
export const SERVER = {
  "": ["uploading"],
  uploading: ["paused", "verifying", "scanning", "ready", "failed", "cancelled", "expired"],
  paused: ["uploading", "verifying", "scanning", "ready", "failed", "cancelled", "expired"],
  verifying: ["uploading", "scanning", "ready", "failed", "cancelled", "expired"],
  scanning: ["ready", "blocked", "failed", "cancelled"],
  ready: ["cancelled"],
  blocked: ["cancelled"],
  failed: ["cancelled"],
  cancelled: [],
  expired: ["cancelled"],
};

/** Which uploader of the page takes every file. */
export const UPLOADER = "files";

/** Bytes of a part at most, and of those that an engine may have at hand ahead of the line. */
export const PART = 8;
export const MEMORY = 16 * PART;
