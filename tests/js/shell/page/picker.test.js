import assert from "node:assert/strict";
import test from "node:test";
import { commandGroup, getSnapshot } from "../../../../custom_components/reflex_smartupload/client/shell/page/page.js";
import { listenToWindow, takeFolder, takeInput } from "../../../../custom_components/reflex_smartupload/client/shell/page/picker.js";

Object.assign(globalThis, { isSecureContext: true, document: { documentElement: { dataset: {} }, hidden: true }, window: new EventTarget() });

/** @type {string[]} */
const said = [];
listenToWindow(assert.fail, (text) => void said.push(text));

/** @typedef {{[name: string]: string | Tree}} Tree */

/** A folder as a drop gives it, with files that are texts. @param {string} path @param {Tree} tree @returns {any} */
const folder = (path, tree) => ({
  isDirectory: true, name: path.split("/").at(-1), fullPath: path,
  createReader: () => {
    const entries = Object.entries(tree).map(([name, inside]) =>
      typeof inside === "string"
        ? { isFile: true, name, fullPath: `${path}/${name}`, file: (/** @type {(file: File) => void} */ give) => give(new File([inside], name)) }
        : folder(`${path}/${name}`, inside),
    );
    return { readEntries: (/** @type {(some: any[]) => void} */ give) => give(entries.splice(0)) };
  },
});

/** An input in which these paths were chosen. @param {string[]} paths @param {boolean} [isFolder] @returns {any} */
const input = (paths, isFolder = true) => ({
  webkitdirectory: isFolder, value: "chosen",
  files: paths.map((path) => Object.defineProperty(new File(["x"], path.split("/").at(-1) ?? ""), "webkitRelativePath", { value: isFolder ? path : "" })),
});

const seen = { cards: 0, groups: 0 };
/** The cards since the last time, of files that came together with their number. */
const cards = () => {
  const all = getSnapshot().cards.slice(seen.cards);
  const groups = getSnapshot().groups.slice(seen.groups);
  seen.cards += all.length;
  seen.groups += groups.length;
  return [...all.map((card) => card.error_code || card.path || card.name).sort(), ...groups.map(({ name, files, is_folder }) => (is_folder ? `${name}: ${files}` : name))];
};

const TREE = { "a.txt": "a", ".DS_Store": "x", inner: { "b.txt": "b", "Thumbs.db": "x", "._b.txt": "x" }, __MACOSX: { "c.txt": "x", "._c.txt": "x" } };

test("of a folder that is dropped what systems left there stays out, at any depth", async () => {
  const left = await takeFolder(folder("/project", TREE), {});
  assert.deepEqual(cards(), ["project: 2"]);
  assert.deepEqual(left.sort(), ["/project/.DS_Store", "/project/__MACOSX/._c.txt", "/project/__MACOSX/c.txt", "/project/inner/._b.txt", "/project/inner/Thumbs.db"]);
});

test("an uploader that takes everything takes that as well", async () => {
  assert.deepEqual(await takeFolder(folder("/project", TREE), { rules: { systemFiles: true } }), []);
  assert.deepEqual(cards(), ["project: 7"]);
});

test("a folder with nothing else in it is an empty one", async () => {
  assert.deepEqual(await takeFolder(folder("/project", { ".DS_Store": "x" }), {}), ["/project/.DS_Store"]);
  takeInput(input(["project/.DS_Store"]), {});
  assert.deepEqual(cards(), ["folder_empty", "folder_empty"]);
  assert.deepEqual(said.splice(0), [".DS_Store was left out: the system keeps it for itself."]);
});

test("of a folder that is chosen it stays out too, and one sentence says how many", () => {
  takeInput(input(["project/a.txt", "project/.DS_Store", "project/inner/desktop.ini"]), {});
  assert.deepEqual(cards(), ["project: 1"]);
  assert.deepEqual(said.splice(0), ["2 files that the system keeps for itself, such as .DS_Store, were left out."]);
  takeInput(input(["project/a.txt"]), {});
  assert.deepEqual([cards(), said], [["project: 1"], []], "nothing is said of nothing");
});

test("what is chosen file by file is meant, whatever it is called", () => {
  takeInput(input([".DS_Store", "~$letter.docx"], false), {});
  assert.deepEqual([cards(), said], [[".DS_Store", "~$letter.docx"], []]);
});

test("files that are chosen one by one are one card from so many on, of which each later batch is a part", async () => {
  const many = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => `${at}.txt`);
  takeInput(input(many(20), false), {});
  assert.equal(cards().length, 20);
  takeInput(input(many(21), false), { uploader: "scans" });
  while (getSnapshot().groups.at(-1)?.files !== 21) await new Promise((resolve) => setTimeout(resolve));
  const group = getSnapshot().groups.at(-1);
  assert.deepEqual([cards(), group?.count, group?.uploader, group?.state], [["21 files"], "0 of 21 files", "scans", "staging"]);
});

test("of a group that is given up while it is still being read nothing more is taken", async () => {
  const all = Array.from({ length: 60 }, (_, at) => `${at}.txt`);
  takeInput(input(all, false), {});
  const group = getSnapshot().groups.at(-1);
  assert.ok(group);
  assert.deepEqual([group.files, group.count, group.leave, getSnapshot().totals.leave], [60, "0 of 60 files", "stay", "stay"], "those that are still read count");
  commandGroup("cancel", group.id);
  while (getSnapshot().totals.leave) await new Promise((resolve) => setTimeout(resolve)); // until nothing of it is read any more
  assert.equal(getSnapshot().groups.some(({ id }) => id === group.id), false);
});
