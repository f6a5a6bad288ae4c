import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { clockText, dayText, decimalText, listText, wholeText } from "../../../../custom_components/reflex_smartupload/client/core/words/figures.js";
import { useLanguage } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";

afterEach(() => useLanguage("en"));

test("figures, clocks and lists are written as in the language; in English as ever", () => {
  assert.deepEqual([wholeText(12345), decimalText(2.5, 2), listText(["a", "b", "c"]), listText(["a"])], ["12,345", "2.50", "a, b, c", "a"]);
  useLanguage("de");
  assert.deepEqual([wholeText(12345), decimalText(2.5, 2), listText(["a", "b"])], ["12.345", "2,50", "a, b"]);
  assert.equal(clockText(new Date(2026, 2, 3, 9, 5)), "09:05");
  assert.deepEqual([dayText(new Date(2026, 2, 3), false), dayText(new Date(2026, 2, 3), true)], ["3. März", "3. März 2026"]);
});
