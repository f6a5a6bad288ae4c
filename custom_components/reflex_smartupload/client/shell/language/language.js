// Decides which language a page speaks. Its English is there before anything is drawn.

import { addEnglish } from "../../core/words/words.js";
import { ENGLISH } from "./catalogues.js";

addEnglish(ENGLISH);

export { say } from "../../core/words/words.js";
