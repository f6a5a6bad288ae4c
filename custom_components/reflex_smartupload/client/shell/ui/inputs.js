// Components for the ways in: an input for files, and what makes an uploader known to the page while a part of it is there.
import { createElement, useEffect, useRef } from "react";
import { giveFile } from "../page/page.js";
import { takeInput } from "../page/picker.js";
import { look, register, saidBy, zoneOf } from "../page/uploaders.js";

/** @typedef {import("../page/uploaders.js").Uploader} Uploader */

/** @type {Uploader} */
const DEFAULT = { name: "" };

/** @param {Uploader | null} uploader null for none */
const useUploader = (uploader) => {
  const element = useRef(/** @type {Element | null} */ (null));
  const described = useRef(uploader ?? DEFAULT);
  const part = useRef({ describe: () => described.current, zone: () => element.current && zoneOf(element.current) });
  useEffect(() => {
    described.current = uploader ?? DEFAULT;
    look();
  });
  const isThere = uploader !== null;
  useEffect(() => (isThere ? register(part.current) : undefined), [isThere]);
  return { element, part: part.current };
};

/** Stands in a zone and shows nothing. @param {{ uploader: Uploader }} props */
export const UploaderMark = ({ uploader }) => {
  const { element } = useUploader(uploader);
  return createElement("template", { ref: /** @type {import("react").Ref<HTMLTemplateElement>} */ (element) });
};

/** An input with an `id` is known to Reflex as well. @param {import("react").Ref<Element> | undefined} ref @param {Element | null} element */
const tell = (ref, element) => {
  if (typeof ref === "function") ref(element);
  else if (ref) ref.current = element;
};

/**
 * What is chosen is taken also where the page was drawn anew while the person was choosing, and what was chosen before the page had come alive:
 * of neither React tells.
 * @param {import("react").RefObject<Element | null>} element @param {(input: HTMLInputElement) => void} take
 */
const useChosen = (element, take) => {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const input = /** @type {HTMLInputElement} */ (element.current);
    // Never taken away: the dialog that is open may end when the input is no longer in the page.
    input.addEventListener("change", () => latest.current(input));
    if (input.files?.length) latest.current(input);
  }, [element]);
};

/** @param {{ folder?: boolean, cardId?: string, uploader?: Uploader, ref?: import("react").Ref<Element>, [attribute: string]: unknown }} props */
export const FileInput = ({ folder, cardId: id, uploader = DEFAULT, ref, ...rest }) => {
  const { element, part } = useUploader(id ? null : uploader);
  useChosen(element, (input) => {
    if (!id) return takeInput(input, saidBy(part));
    const file = input.files?.[0];
    input.value = "";
    if (file) giveFile(id, file);
  });
  return createElement("input", {
    ...rest,
    "data-uploader": id ? undefined : uploader.name,
    ref: (/** @type {HTMLInputElement | null} */ input) => [element, ref].forEach((one) => tell(one, input)),
    type: "file",
    multiple: !id && uploader.rules?.maxFiles !== 1,
    webkitdirectory: folder ? "" : undefined,
  });
};
