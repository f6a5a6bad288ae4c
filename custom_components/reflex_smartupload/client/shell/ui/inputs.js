// Components for the ways in: an input for files, and what makes an uploader known to the page while a part of it is there.
import { createElement, useEffect, useRef } from "react";
import { giveFile } from "../page/page.js";
import { takeInput } from "../page/picker.js";
import { register, saidBy } from "../page/uploaders.js";

/** @typedef {import("../page/uploaders.js").Uploader} Uploader */

/** @type {Uploader} */
const DEFAULT = { name: "" };

/** @param {Uploader | null} uploader null for none */
const useUploader = (uploader) => {
  const described = useRef(uploader ?? DEFAULT);
  useEffect(() => {
    described.current = uploader ?? DEFAULT;
  });
  const isThere = uploader !== null;
  useEffect(() => (isThere ? register(() => described.current) : undefined), [isThere]);
};

/** Draws nothing. @param {{ uploader: Uploader }} props */
export const UploaderMark = ({ uploader }) => {
  useUploader(uploader);
  return null;
};

/** @param {{ folder?: boolean, cardId?: string, uploader?: Uploader, [attribute: string]: unknown }} props */
export const FileInput = ({ folder, cardId: id, uploader = DEFAULT, ...rest }) => {
  useUploader(id ? null : uploader);
  return createElement("input", {
    ...rest,
    type: "file",
    multiple: !id && uploader.rules?.maxFiles !== 1,
    webkitdirectory: folder ? "" : undefined,
    onChange: (/** @type {{target: HTMLInputElement}} */ { target }) => {
      if (!id) return takeInput(target, saidBy(uploader.name));
      const file = target.files?.[0];
      target.value = "";
      return file && giveFile(id, file);
    },
  });
};
