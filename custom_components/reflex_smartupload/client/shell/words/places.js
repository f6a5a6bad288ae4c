// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "places-files-or-folders-anywhere = Drop files or folders anywhere",
    "places-files-anywhere = Drop files anywhere",
    "places-files-or-folders-here = Drop files or folders here",
    "places-files-here = Drop files here",
    "places-choose-files-or-folder = or { $files } or { $folder }",
    "places-choose-files = or { $files }",
    "places-pick-files = choose files",
    "places-pick-folder = a folder",
    "places-most = up to { $size } each",
    "places-notify-me = Notify me",
    "places-tell-me = Tell me when it is there",
    "places-messages-here = Messages to this browser",
  ].join("\n"),
);
