// Decides what a file's field shows once there is one: a picture of the image itself while it can be seen, else a shape in the colour of its kind.
import { createElement, useEffect, useRef, useState } from "react";
import { kindOf } from "../../core/files/kinds.js";
import { SHAPES } from "./shapes.js";
import { drawThumbnail } from "./thumbnail.js";

/** Pixels of its edge: twice those of the largest field in a list. */
const EDGE = 80;

/** @param {{ kind: string, name: string, card: string }} props */
export const Picture = ({ kind, name, card }) => {
  const what = kindOf(name || kind);
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const [isDrawn, setDrawn] = useState(false);
  const isImage = what === "image" && card !== "";
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let isSeen = false;
    const watcher = new IntersectionObserver(([{ isIntersecting }]) => {
      isSeen = isIntersecting;
      if (!isSeen) return;
      drawThumbnail(element, card, () => isSeen).then((done) => {
        if (done) watcher.disconnect();
        if (done) setDrawn(true);
      });
    });
    watcher.observe(/** @type {Element} */ (element.parentElement));
    return () => {
      isSeen = false;
      watcher.disconnect();
    };
  }, [card, isImage]);
  return createElement(
    "div",
    { "data-kind": what, "data-drawn": isDrawn || undefined },
    !isDrawn && createElement("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, createElement("path", { d: SHAPES[what] })),
    !isDrawn && createElement("span", null, kind),
    isImage && createElement("canvas", { ref: canvas, width: EDGE, height: EDGE, hidden: !isDrawn }),
  );
};
