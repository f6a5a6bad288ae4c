// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "group-sign-in = Sign in",
    "group-resume = Resume all",
    "group-retry = Retry all",
    "group-send-now = Send all now",
    "group-pause = Pause all",
    "group-copy-link = Copy link",
    "group-cancel = Cancel all",
    "group-undo = Undo",
    "group-show-problems = Show them",
    "group-show-all = Show all",
    "group-show-files = Show files",
    "group-hide-files = Hide files",
  ].join("\n"),
);
