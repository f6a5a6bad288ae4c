// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "list-clear = Clear list",
    "list-files = Files",
    "list-legend-sent = uploaded",
    "list-legend-safe = safe in this browser",
  ].join("\n"),
);
