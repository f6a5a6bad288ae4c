// Decides where the elements of a sentence stand: at the places that its language gives them (`sentences.py` marks them).

const MARK = /([\uE000-\uE00F])/;
const FIRST_MARK = 0xe000;

/** A sentence in pieces: words, and of each element between them its number. @param {string} text @returns {(string | number)[]} */
export const placesIn = (text) =>
  // Every second piece is a mark.
  text
    .split(MARK)
    .map((piece, at) => (at % 2 ? piece.charCodeAt(0) - FIRST_MARK : piece))
    .filter((piece) => piece !== "");
