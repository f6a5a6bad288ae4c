import assert from "node:assert/strict";
import test from "node:test";
import { isSystemFile, leftOut } from "../../../../custom_components/reflex_smartupload/client/core/files/system_files.js";

const LEFT = [".DS_Store", "photos/.DS_Store", "photos/Thumbs.db", "photos/ehthumbs.db", "photos/Desktop.ini", "photos/._IMG_0001.jpg", "texts/~$letter.docx", "a/__MACOSX/b/._c.txt", "__MACOSX/c.txt", "a/__macosx/b/c.txt"];
const MEANT = ["a.txt", "photos/DS_Store", "photos/Thumbs.db.txt", "~letter.docx", "a/$letter.docx", "a/_.txt", "._/a.txt", "__MACOSX", "a/.gitignore", "a/my desktop.ini", "a/.env", "~$/a.txt"];

for (const path of LEFT) test(`left out: ${path}`, () => assert.equal(isSystemFile(path), true));
for (const path of MEANT) test(`taken: ${path}`, () => assert.equal(isSystemFile(path), false));

test("one sentence says how many", () => {
  assert.equal(leftOut(["a/.DS_Store"]), ".DS_Store was left out: the system keeps it for itself.");
  assert.equal(leftOut(["a/.DS_Store", "a/Thumbs.db"]), "2 files that the system keeps for itself, such as .DS_Store, were left out.");
});
