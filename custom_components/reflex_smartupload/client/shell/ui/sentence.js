// A sentence with elements in it, as React draws it.
import { createElement, Fragment } from "react";
import { placesIn } from "../../core/words/places.js";

/** @param {{text: string, between?: string, children?: React.ReactNode}} props `between`: classes of the words around the children */
export const Sentence = ({ text, between, children }) => {
  const parts = Array.isArray(children) ? children : [children];
  const pieces = placesIn(text).map((piece) => {
    if (typeof piece === "number") return parts[piece];
    return between ? createElement("span", { className: between }, piece) : piece;
  });
  return createElement(Fragment, null, ...pieces);
};
