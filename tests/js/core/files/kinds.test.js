import assert from "node:assert/strict";
import test from "node:test";
import { kindOf } from "../../../../custom_components/reflex_smartupload/client/core/files/kinds.js";
import { SHAPES } from "../../../../custom_components/reflex_smartupload/client/shell/pictures/shapes.js";

const NAMES = {
  image: ["photo.JPG", "a.b.webp", "PNG"],
  video: ["film.mov", "MP4"],
  audio: ["song.flac"],
  document: ["report.pdf", "letter.docx"],
  table: ["figures.xlsx", "rows.csv"],
  archive: ["all.tar.gz", "ZIP"],
  text: ["notes.txt", "film.srt"],
  code: ["app.py", "page.html"],
  translation: ["memory.tmx", "chapter.sdlxliff", "strings.xliff", "terms.tbx", "de.po"],
  other: ["without", "", "thing.bin", "constructor", "a.toString"],
};

for (const [kind, names] of Object.entries(NAMES))
  test(`${kind} by the ending, and a shape for it`, () => {
    for (const name of names) assert.equal(kindOf(name), kind, name);
    assert.match(SHAPES[kindOf(names[0])], /^[Mm]/);
  });
