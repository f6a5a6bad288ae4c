// What the simulator's commands are given as numbers: anything else is refused with a sentence.

/** @param {string} name of the option @param {string} text @param {number} [least] @returns {number} */
export const wholeNumber = (name, text, least = 0) => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && Number.isSafeInteger(number)) return number;
  console.error(`${name} has to be a whole number, ${least} or more, not “${text}”.`);
  return process.exit(2);
};
