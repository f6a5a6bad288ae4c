// Decides what is drawn for each kind of file, in lines on a field of 24 by 24.

/** @type {Record<import("../../core/files/kinds.js").Kind, string>} */
export const SHAPES = {
  image: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15 9h.01",
  video: "M3 6h12v12H3zM15 10.5 21 7v10l-6-3.5z",
  audio: "M9 18V6l10-2v11M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
  document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  archive: "M4 8h16v12H4zM3 4h18v4H3zM10 12h4",
  text: "M5 6h14M5 10h14M5 14h14M5 18h8",
  code: "m8 8-4 4 4 4M16 8l4 4-4 4M13.5 5l-3 14",
  translation: "M4 6h9M8.5 4v2M11 6c-1 4-3.5 6.5-7 8M6.5 9c1 2.5 3 4 5 5M12 20l4-9 4 9M13.5 17h5",
  other: "M6 3h8l4 4v14H6zM14 3v4h4",
};
