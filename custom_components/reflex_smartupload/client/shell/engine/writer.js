// Entry point of the dedicated worker that writes part files: only here is a sync handle to be had.

import { channel, WRITER_LOCK } from "../../io/browser/channel.js";
import { hold } from "../../io/browser/lock.js";
import { writePart } from "../../io/storage/partfiles.js";

const id = crypto.randomUUID();

const say = channel(async (message) => {
  if (message.type !== "write" || message.writer !== id) return;
  const { serial } = message;
  try {
    say({ type: "written", serial, sha256: await writePart(message.id, message.number, message.bytes) });
  } catch (error) {
    const { name, message: text } = /** @type {DOMException} */ (error);
    say({ type: "written", serial, error: name, text });
  }
});

// First the lock, then the word: whoever hears it can watch the lock. (Workers are bundled in a form without top-level await.)
hold(WRITER_LOCK + id).then(() => say({ type: "writer", id }));
