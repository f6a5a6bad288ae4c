// The changes of state that an upload may go through at the server. What it may in the engine stands in core/upload/transitions.js.

/** @type {Record<string, string[]>} */
export const SERVER = {
  "": ["uploading"],
  uploading: ["paused", "verifying", "scanning", "ready", "failed", "cancelled", "expired"],
  paused: ["uploading", "verifying", "scanning", "ready", "failed", "cancelled", "expired"],
  verifying: ["uploading", "scanning", "ready", "failed", "cancelled", "expired"],
  // A file is there after scanning only.
  scanning: ["ready", "blocked", "failed", "cancelled"],
  ready: ["cancelled"],
  blocked: ["cancelled"],
  failed: ["cancelled"],
  cancelled: [],
  expired: ["cancelled"],
};
