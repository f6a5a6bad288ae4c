import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { sentence } from "../../../../custom_components/reflex_smartupload/client/core/ports/sentences.js";

test("a sentence carries its values; a number as well; what is unknown leaves nothing behind", () => {
  assert.match(sentence("file_too_large", { limit: "2 GB" }), /larger than the 2 GB allowed/);
  assert.match(sentence("file_needed", { name: "a.mov", percent: 0 }), /Choose a\.mov once more and it goes on from 0 %/);
  assert.doesNotMatch(sentence("file_needed", {}), /[{}]|undefined/);
});

test("the own sentence comes first, then the server's, then the general one", () => {
  assert.match(sentence("empty_file", {}, "Server."), /empty/);
  assert.equal(sentence("not_known_here", {}, "Server."), "Server.");
  assert.equal(sentence("not_known_here", {}), sentence("internal_error", {}));
});

test("every code the engine gives has a sentence of its own that says what to do", () => {
  const core = new URL("../../../../custom_components/reflex_smartupload/client/core/", import.meta.url);
  const sources = readdirSync(core, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js")).map((name) => readFileSync(new URL(name, core), "utf8")).join("\n");
  const codes = new Set([...sources.matchAll(/reject\(u, "(\w+)"|code: "(\w+)"|sentence\("(\w+)"/g)].map((found) => found[1] ?? found[2] ?? found[3]));
  assert.ok(codes.size >= 4, [...codes].join());
  for (const code of [...codes, "folder", "folder_empty", "type_not_allowed", "owner_quota_exceeded", "upload_not_found", "checksum_mismatch", "insecure", "no_engine", "storage_blocked", "unreadable"])
    if (code !== "internal_error") assert.notEqual(sentence(code, {}), sentence("internal_error", {}), code);
});
