// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "card-waiting = Waiting",
    "card-being-checked = Being checked",
    "card-blocked = Blocked",
    "card-failed = Failed",
    "card-expired = Expired",
    "card-cancelled = Cancelled",
    "card-file-needed = File needed",
    "card-sign-in = Sign in",
    "card-show-again = Show me again",
    "card-show-name-again = Show me { $name } again",
    "card-choose-file = Choose file",
    "card-resume = Resume",
    "card-retry = Retry",
    "card-try-again = Try again",
    "card-send-now = Send now",
    "card-pause = Pause",
    "card-download = Download",
    "card-copy-link = Copy link",
    "card-cancel = Cancel",
    "card-undo = Undo",
    "card-remove = Remove from this list",
    "card-upload-of = Upload of { $name }",
    "card-progress = { $percent } % uploaded, { $safe } % safe",
  ].join("\n"),
);
