// Component for the field with a file's picture: the letters of its type, until what draws pictures has come with the first one of them.
import { createElement, useEffect, useState } from "react";

/** @type {typeof import("./picture.js").Picture | null} */
let picture = null;

/** @param {{ kind: string, fileName?: string, cardId?: string, [attribute: string]: unknown }} props */
export const FileIcon = ({ kind, fileName = "", cardId = "", ...rest }) => {
  const [Picture, setPicture] = useState(() => picture);
  useEffect(() => {
    // Without it there are letters.
    import("./picture.js").then((found) => setPicture(() => (picture = found.Picture)), () => {});
  }, []);
  return createElement("div", { ...rest, "aria-hidden": true }, Picture ? createElement(Picture, { kind, name: fileName, card: cardId }) : kind);
};
