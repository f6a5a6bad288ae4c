import assert from "node:assert/strict";
import test from "node:test";
import { WriterGone } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { TAB_LOCK, WRITER_LOCK } from "../../../../custom_components/reflex_smartupload/client/io/browser/channel.js";
import { createWriter } from "../../../../custom_components/reflex_smartupload/client/io/storage/writer.js";

const BYTES = new Blob(["bytes"]);

/** Hold a lock until it is let go. @param {string} name @returns {Promise<() => void>} */
const held = (name) => new Promise((got) => navigator.locks.request(name, () => new Promise((release) => got(() => release(null)))));

/** An engine's end with a page whose writers begin, and answer only when told to. */
const page = async () => {
  const letGo = await held(`${TAB_LOCK}a`);
  /** @type {any[]} */
  const said = [];
  /** @type {(() => void)[]} */
  const ends = [];
  const writer = createWriter((message) => {
    said.push(message);
    if (message.type !== "start-writer") return;
    const id = `w${ends.length + 1}`;
    held(WRITER_LOCK + id).then((end) => {
      ends.push(end);
      writer.hear({ type: "writer", id });
    });
  });
  const writes = () => said.filter((one) => one.type === "write");
  /** Until so many writes were asked for. @param {number} count */
  const asked = async (count) => {
    while (writes().length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const close = () => (letGo(), ends.forEach((end) => end()));
  return { writer, writes, asked, ends, close };
};

test("a write that hangs comes to its end, and another writer does the next one", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { writer, writes, asked, ends, close } = await page();
  const hanging = assert.rejects(writer.write("u", 1, BYTES), { name: "TimeoutError" });
  await asked(1);
  t.mock.timers.tick(120_000);
  await hanging;
  const next = writer.write("u", 2, BYTES);
  await asked(2);
  assert.deepEqual(writes().map((one) => one.writer), ["w1", "w2"]);
  writer.hear({ type: "written", serial: writes()[0].serial, sha256: "late" }); // says nothing any more
  ends[0](); // nor does its end
  await new Promise((resolve) => setImmediate(resolve));
  writer.hear({ type: "written", serial: writes()[1].serial, sha256: "two" });
  assert.equal(await next, "two");
  close();
});

test("a writer that goes away with its page says so, one that fails says why", async () => {
  const { writer, writes, asked, ends, close } = await page();
  const failing = assert.rejects(writer.write("u", 1, BYTES), { name: "QuotaExceededError" });
  await asked(1);
  writer.hear({ type: "written", serial: writes()[0].serial, error: "QuotaExceededError", text: "full" });
  await failing;
  const gone = assert.rejects(writer.write("u", 2, BYTES), WriterGone);
  await asked(2);
  ends[0]();
  await gone;
  close();
});

test("without a page nobody can start one", async () => {
  await assert.rejects(createWriter(() => {}).write("u", 1, BYTES), WriterGone);
});
