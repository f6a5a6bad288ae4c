import assert from "node:assert/strict";
import test from "node:test";
import { insteadOf, noFile } from "../../../../custom_components/reflex_smartupload/client/core/files/instead.js";

const IMG = { html: '<meta charset="utf-8"><img src="https://example.org/a.png">' };

/** What browsers put into a drag or the clipboard, and what that is. @type {[string, string[], Parameters<typeof insteadOf>[1], string][]} */
const CASES = [
  ["a file of the desktop", ["Files"], {}, ""],
  ["a file that Firefox also calls a link", ["application/x-moz-file", "text/uri-list", "Files"], {}, ""],
  ["a picture of another page in Chromium, which comes as a file", ["text/uri-list", "text/html", "Files"], IMG, ""],
  ["a picture of this page in Chromium", ["text/uri-list", "text/html", "Files"], { ...IMG, isOwn: true }, "picture"],
  ["a picture that comes without its bytes", ["text/uri-list", "text/html", "text/plain"], IMG, "picture"],
  ["a link", ["text/uri-list", "text/html", "text/plain"], { html: '<a href="https://example.org">x</a>' }, "link"],
  ["a link while it is dragged, when nothing may be read", ["text/uri-list", "text/plain"], {}, "link"],
  ["a text", ["text/plain", "text/html"], { html: "<b>x</b>" }, "text"],
  ["an element that an app moves around", ["application/x-card"], {}, ""],
  ["nothing", [], {}, ""],
];

for (const [name, types, more, expected] of CASES) test(name, () => assert.equal(insteadOf(types, more), expected));

test("each has one sentence that says what to do", () => {
  for (const what of /** @type {const} */ (["link", "picture", "text"])) assert.match(noFile(what), /^That is .+ not a file\. Save .+\.$/);
});
