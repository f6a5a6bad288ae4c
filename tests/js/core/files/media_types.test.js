import assert from "node:assert/strict";
import test from "node:test";
import { cleanType, extensionOf, isListed, matches, ofName, TABLE, takenFor } from "../../../../custom_components/reflex_smartupload/client/core/files/media_types.js";

test("every line of the table has extensions and types, and no extension stands in two", () => {
  const lines = TABLE.trim().split("\n");
  for (const line of lines) assert.match(line, /^[a-z0-9]+( [a-z0-9]+)*: [a-z0-9_.+-]+\/[a-z0-9_.+-]+( (\| )?[a-z0-9_.+-]+\/[a-z0-9_.+-]+)*$/);
  const extensions = lines.flatMap((line) => line.split(":")[0].split(" "));
  assert.equal(new Set(extensions).size, extensions.length);
});

test("the last extension counts, whatever its case", () => {
  assert.deepEqual(["a.tar.GZ", "a", ".png", "a."].map(extensionOf), ["gz", "", "png", ""]);
  assert.deepEqual(ofName("a.unheard"), []);
});

test("a type is the usual word where the name gives the browser's a meaning, and what the name says where the browser says nothing", () => {
  const types = [["application/x-zip-compressed", "a.zip"], ["application/vnd.ms-excel", "a.csv"], ["application/vnd.ms-excel", "a.xls"], ["", "a.mp3"], ["nonsense", "a.mp3"], ["Text/Plain; q=1", "a"], ["", "a"], ["application/x-mine", "a.txt"], ["application/typescript", "a.ts"]];
  assert.deepEqual(types.map(([said, name]) => cleanType(said, name)), ["application/zip", "text/csv", "application/vnd.ms-excel", "audio/mpeg", "audio/mpeg", "text/plain", "application/octet-stream", "application/x-mine", "text/typescript"]);
});

test("bytes count before the name, and the name before what is said", () => {
  assert.equal(takenFor("a.txt", "image/png")[0], "text/plain");
  assert.equal(takenFor("a.txt", "image/png", "image/gif")[0], "image/gif");
  assert.ok(takenFor("a", "audio/mp3").includes("audio/mpeg"));
  assert.deepEqual(takenFor("a", ""), ["application/octet-stream"]);
});

test("a list has extensions, types and asterisks", () => {
  assert.deepEqual([matches("image/*", "image/png"), matches("application/vnd.*", "application/vndx"), matches("*/*", "a/b"), matches("a/b", "a/bc")], [true, false, true, false]);
  assert.deepEqual([isListed([".pdf"], "A.PDF", []), isListed(["image/*"], "a", ["image/gif"]), isListed([], "a", ["a/b"])], [true, true, false]);
});
