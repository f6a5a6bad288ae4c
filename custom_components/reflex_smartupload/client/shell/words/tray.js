// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "tray-label = Files on their way",
    "tray-percent = { $percent } %",
    "tray-pause = Pause",
    "tray-resume = Resume",
    "tray-send-now = Send now",
    "tray-cancel = Cancel",
    "tray-undo = Undo",
    "tray-more = and { NUMBER($count, useGrouping: 0) } more",
  ].join("\n"),
);
