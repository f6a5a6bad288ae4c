// One browser capability: time. Monotonic, so that a wall clock that is wrong changes nothing.

/** @type {import("../../core/ports/ports.js").Clock} */
export const clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
