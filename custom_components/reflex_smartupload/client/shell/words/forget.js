// What is said in English, made of locales/en by `python -m scripts.words`.
import { addRoom } from "../language/language.js";

addRoom(
  [
    "forget-label = Forget on this device",
    "forget-question = Forget on this device?",
    "forget-question-of = { $label }?",
    "forget-wiped = On a computer that others use, do this before you leave. What this browser keeps is wiped: the copies of unfinished uploads, and the list of your files.",
    "forget-lost = Unfinished uploads stop for good: without this browser nobody can go on with them. Files that are ready stay, but only their links lead to them. { $warning }",
    "forget-warning = Copy the links you need first.",
    "forget-no = Keep",
    "forget-yes = Forget everything here",
  ].join("\n"),
);
