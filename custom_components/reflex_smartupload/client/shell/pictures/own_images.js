// Decides of which files this page can show a picture from their own bytes: images that were given here, for as long as they have a card.

/** Above it nobody waits for a picture. */
const LARGEST = 50e6;

/** A File is a way to the bytes on the disk, no copy of them. @type {Map<string, File>} */
const images = new Map();

/** @param {string} id of the card @param {File} file */
export const keepImage = (id, file) => {
  if (file.type.startsWith("image/") && mayShow(file)) images.set(id, file);
};

/** @param {Blob} file */
export const mayShow = ({ size }) => size > 0 && size <= LARGEST;

/** @param {string} id @returns {File | null} */
export const imageOf = (id) => images.get(id) ?? null;

/** Its card is gone. @param {string} id */
export const dropImage = (id) => void images.delete(id);

/** @param {(id: string) => boolean} isGone */
export const dropImages = (isGone) => [...images.keys()].filter(isGone).forEach(dropImage);
