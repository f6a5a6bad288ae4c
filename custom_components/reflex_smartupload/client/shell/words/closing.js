// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "closing-heading = What happens if I close…",
    "closing-page = this page",
    "closing-tab = this tab, not the last",
    "closing-tabs = all tabs",
    "closing-browser = the browser",
    "closing-computer = the computer",
  ].join("\n"),
);
