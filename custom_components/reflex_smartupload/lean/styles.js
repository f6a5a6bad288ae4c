// In the place of emotion: what a page gives an element as its style is the element's own style. The build refuses styles that need more (lean.js).

import { createElement } from "react";

/** @param {[string, unknown]} entry whether it is of the element itself */
const isOwn = ([, value]) => typeof value !== "object";

/** @param {any} type @param {any} props @param {any[]} children */
export const jsx = (type, props, ...children) => {
  if (!props?.css) return createElement(type, props, ...children);
  const { css, style, ...rest } = props;
  return createElement(type, { ...rest, style: { ...Object.fromEntries(Object.entries(css).filter(isOwn)), ...style } }, ...children);
};
