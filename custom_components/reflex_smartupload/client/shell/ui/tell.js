// The place of a button by which a person says that they want to be told; what it shows has to be asked for anyway, and so it is fetched with the first one.
import { createElement, useEffect, useState } from "react";
import { behind } from "../../io/browser/behind.js";

/** @typedef {typeof import("../notices/controls.js").TellButton} Button */

/** @type {Button | null} */
let button = null;

/** Until then it is as one that has nothing to offer yet. @param {Parameters<Button>[0]} props */
export const TellButton = (props) => {
  const [Button, setButton] = useState(() => button);
  useEffect(() => {
    if (!button) behind(() => import("../notices/controls.js")).then((found) => setButton(() => (button = found.TellButton)));
  }, []);
  return Button ? createElement(Button, props) : createElement("div", { className: "tell", "data-testid": "tell", "data-tell": "" });
};
