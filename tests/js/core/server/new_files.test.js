import assert from "node:assert/strict";
import test from "node:test";
import { NewFiles } from "../../../../custom_components/reflex_smartupload/client/core/server/new_files.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { read, settled } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

/** @param {string} id @param {{arrayBuffer?: () => Promise<ArrayBuffer>}} [how] */
const upload = (id, { arrayBuffer } = {}) => {
  const u = new Upload({ id, key: `key of ${id}`, name: `${id}.txt`, size: 4, type: "text/plain" });
  const file = new Blob(["text"]);
  u.version.give(/** @type {any} */ (arrayBuffer ? { slice: () => ({ arrayBuffer }) } : file));
  return u;
};

const bench = () => {
  let woken = 0;
  /** @type {Set<Upload>} */
  const gone = new Set();
  const engine = /** @type {any} */ ({ ports: { network: { lineRate: () => 0 }, read }, lineRate: { usual: () => 1234.5 }, sender: { mayReadFirst: () => false }, wake: () => (woken += 1) });
  return { files: new NewFiles(engine, (u) => !gone.has(u)), gone, woken: () => woken };
};

test("a file is ready when its first bytes are read, and told once", async () => {
  const { files, woken } = bench();
  const u = upload("a");
  assert.deepEqual([files.isReady(u), files.isReady(u), woken()], [false, false, 0]);
  await settled();
  assert.deepEqual([files.isReady(u), woken()], [true, 1]);
  assert.deepEqual(files.tell(u), { name: "a.txt", size: 4, type: "text/plain", last_modified: null, line_rate: 1235, head: btoa("text"), key: "key of a" });
  assert.equal(files.isReady(u), false, "another time they are read anew");
});

test("what the page said of a file goes along, and nothing where it said nothing", async () => {
  const { files } = bench();
  const u = new Upload({ id: "a", key: "k", name: "a.txt", size: 4, type: "text/plain", uploader: "avatars", metadata: { ticket: "42" } });
  const { uploader, metadata } = files.tell(u);
  assert.deepEqual([uploader, metadata], ["avatars", { ticket: "42" }]);
  const plain = files.tell(upload("b"));
  assert.deepEqual(["uploader" in plain, "metadata" in plain], [false, false]);
});

test("of files that were given together the server is told which these are, and where each of them was", async () => {
  const { files } = bench();
  const one = (/** @type {object} */ more) => files.tell(new Upload({ id: "a", key: "k", name: "a.txt", size: 4, type: "text/plain", ...more }));
  const told = (/** @type {object} */ more) => (({ group, path }) => [group, path])(one(more));
  assert.deepEqual(told({ group: "g", path: "Trip/a.txt" }), ["g", "Trip/a.txt"]);
  assert.deepEqual(told({ group: "g" }), ["g", undefined]);
  assert.deepEqual(told({ path: "Trip/a.txt" }), [undefined, undefined], "where one came from that came singly is nobody's business");
  assert.deepEqual(told({ group: "g", path: "a/".repeat(2049) }), ["g", undefined], "longer than the server takes");
});

test("of a file that is staged the copy is read, which is sent as well", async () => {
  const { files } = bench();
  const u = upload("a", { arrayBuffer: () => Promise.reject(new Error("the person's file")) });
  u.version.copied(new Blob(["copy"]));
  files.isReady(u);
  await settled();
  assert.deepEqual([files.isReady(u), files.tell(u).head], [true, btoa("copy")]);
});

test("what was read of another version of the file does not count", async () => {
  const { files } = bench();
  let late = () => {};
  const u = upload("a", { arrayBuffer: () => new Promise((resolve) => (late = () => resolve(new TextEncoder().encode("old!").buffer))) });
  assert.equal(files.isReady(u), false);
  u.renew("v2", new Blob(["new!"]));
  assert.equal(files.isReady(u), false);
  late();
  await settled();
  assert.equal(files.isReady(u), true);
  assert.equal(files.tell(u).head, btoa("new!"));
});

test("so many are read ahead and no more; a file that hangs keeps none of the others waiting, nor does one that is given up", async () => {
  const { files, gone } = bench();
  const hangs = upload("hangs", { arrayBuffer: () => new Promise(() => {}) });
  const all = Array.from({ length: 300 }, (_, at) => upload(`u${at}`));
  const ready = () => all.filter((u) => files.isReady(u)).length;
  files.isReady(hangs);
  ready();
  assert.equal(files.hasRoom, false);
  await settled();
  assert.equal(ready(), 199);
  all.slice(0, 120).forEach((u) => files.tell(u));
  assert.equal(files.hasRoom, true);
  for (const u of all.slice(199)) files.isReady(u);
  await settled();
  assert.equal(all.slice(120).filter((u) => files.isReady(u)).length, 180);
  for (const u of [hangs, ...all.slice(120, 200)]) gone.add(u);
  const more = Array.from({ length: 100 }, (_, at) => upload(`more${at}`));
  for (const u of more) files.isReady(u);
  await settled();
  assert.equal(more.filter((u) => files.isReady(u)).length, 100);
});
