// Decides which rows of a list are selected: one by one, from one to another with Shift, or all that are shown.

/** @type {readonly string[]} */
let selected = Object.freeze([]);
/** From where a range goes. */
let anchor = "";
/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {Iterable<string>} next */
const publish = (next) => {
  selected = Object.freeze([...next]);
  for (const listener of listeners) listener();
};

/** @param {() => void} listener */
export const subscribeSelected = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const getSelected = () => selected;

/** @param {string} id @param {readonly string[]} shown in their order @param {boolean} range from the one before to this one: all become what this one becomes */
export const select = (id, shown, range) => {
  const isOn = !selected.includes(id);
  const from = range ? shown.indexOf(anchor) : -1;
  const to = shown.indexOf(id);
  const some = from < 0 || to < 0 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  anchor = id;
  publish(isOn ? new Set([...selected, ...some]) : selected.filter((one) => !some.includes(one)));
};

/** @param {readonly string[]} shown @param {boolean} isOn */
export const selectAll = (shown, isOn) => publish(isOn ? new Set([...selected, ...shown]) : selected.filter((one) => !shown.includes(one)));

export const selectNone = () => {
  anchor = "";
  publish([]);
};
