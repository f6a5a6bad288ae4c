// The transitions that are allowed, each in one place: of an upload at the server, of an upload in the engine, of a card.

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

/** @type {Record<string, string[]>} */
export const PHASE = {
  "": ["new", "open", "paused", "refused", "finishing", "ready", "failed", "expired", "cancelled", "blocked"],
  new: ["open", "paused", "refused", "failed", "cancelled", "finishing", "ready", "expired", "blocked"],
  open: ["paused", "finishing", "ready", "failed", "blocked", "cancelled", "expired"],
  paused: ["new", "open", "finishing", "ready", "failed", "blocked", "cancelled", "expired"],
  finishing: ["open", "paused", "ready", "failed", "blocked", "cancelled", "expired"],
  ready: [],
  blocked: [],
  refused: ["new", "paused", "open"],
  failed: ["new", "open", "paused", "ready", "expired", "cancelled"],
  expired: ["new", "open", "paused"],
  cancelled: [],
};
