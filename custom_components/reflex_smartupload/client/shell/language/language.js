// Decides which language a page speaks. Its English is there before anything is drawn.

import { addEnglish } from "../../core/words/words.js";
import { ENGLISH as OF_APP } from "./catalogues.js";
import { ENGLISH as OF_COMPONENTS } from "./english.js";

addEnglish(OF_COMPONENTS);
addEnglish(OF_APP);

export { say } from "../../core/words/words.js";
