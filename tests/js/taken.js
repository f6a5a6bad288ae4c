// Says of each file on the standard input what the browser half takes it for, and whether each list takes it: at the pick by name and word, and with its bytes.
import { text } from "node:stream/consumers";
import { isAccepted } from "../../custom_components/reflex_smartupload/client/core/engine/rules.js";
import { cleanType, TABLE, takenFor } from "../../custom_components/reflex_smartupload/client/core/files/media_types.js";
import { recognised } from "../../custom_components/reflex_smartupload/client/core/files/signs.js";

/** @type {{name: string, said: string, head: string, lists: string[]}[]} */
const files = JSON.parse(await text(process.stdin));
const found = files.map(({ name, said, head, lists }) => {
  const bytes = Uint8Array.from(Buffer.from(head, "base64"));
  const type = cleanType(said, name);
  const show = recognised(name, type, bytes);
  return { type, recognised: show, taken: takenFor(name, type, show), listed: lists.map((list) => isAccepted(list, { name, type: said }, bytes)) };
});
console.log(JSON.stringify({ table: TABLE, found }));
