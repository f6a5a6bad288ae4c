import assert from "node:assert/strict";
import test from "node:test";
import { toEntry, understood } from "../../../../custom_components/reflex_smartupload/client/core/upload/entry.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";

/** As it was written before entries had a format. */
const OLD = {
  id: "a", key: "k", name: "a.txt", path: "", type: "text/plain", size: 95, lastModified: 5, addedAt: 6, touchedAt: 7, owner: "", phase: "open", uploadId: "u1", partSize: 10,
  epoch: 1, shareUrl: "", handedTo: "", handle: null, faultCode: "", faultText: "", confirmedBytes: 20, trusted: null,
};

test("the journal's entry makes the same upload again, however it is staged", () => {
  for (const staged of [{ stagedKind: "" }, { stagedKind: "snapshot", stagedIn: "a.v" }, { stagedKind: "opfs", stagedIn: "a.v.10", stagedPartSize: 10 }, { stagedKind: "opfs", stagedIn: "a.v.7", stagedPartSize: 7 }]) {
    const u = new Upload({ ...OLD, format: 3, version: "v", token: "a.v", epoch: 3, replaces: 3, edited: true, ...staged });
    u.become("lost", "file_changed");
    const entry = structuredClone(toEntry(u));
    assert.deepEqual(toEntry(new Upload(entry)), entry);
    assert.deepEqual({ ...entry, ...staged }, entry, "what is staged is found again");
    assert.deepEqual([entry.faultCode, entry.version, entry.edited, entry.replaces, entry.token], ["file_changed", "v", true, 3, "a.v"]);
    for (const secret of ["source", "snapshot", "confirmed", "claimed"]) assert.equal(secret in entry, false);
    assert.deepEqual(understood(entry), entry, "of this format already");
  }
});

test("an entry of the first format leads to its copy, and its part files are looked at", () => {
  const copy = new Upload(understood({ ...OLD, stagedKind: "snapshot" }));
  assert.deepEqual([copy.version.stagedKind, copy.version.key], ["snapshot", "a"]);
  const parts = new Upload(understood({ ...OLD, stagedKind: "opfs" }));
  assert.deepEqual([parts.version.stagedKind, parts.version.partFiles.key, parts.version.partFiles.partSize], ["opfs", "a", 0]);
  const none = new Upload(understood({ ...OLD, stagedKind: "" }));
  assert.deepEqual([none.version.stagedKind, toEntry(none).stagedIn], ["", ""]);
});

test("an upload from before versions had names goes on without one; a file that was given again is compared part by part", () => {
  const nameless = new Upload(understood({ ...OLD, trusted: null }));
  assert.deepEqual([nameless.version.token, nameless.voucher], ["", { epoch: 1 }]);
  assert.equal(nameless.counts({ versions: [""] }), true);
  const given = new Upload(understood({ ...OLD, format: 2, version: "v", trusted: [2] }));
  assert.equal(given.version.token, "a.v");
  assert.deepEqual(toEntry(new Upload(toEntry(nameless))).token, "");
});

test("which uploader took it and what was said of it are written down; before that there was neither", () => {
  const said = { uploader: "avatars", metadata: { ticket: "42" }, maxFiles: 2 };
  const entry = structuredClone(toEntry(new Upload({ ...understood(OLD), ...said })));
  assert.deepEqual({ ...entry, ...said }, entry);
  assert.deepEqual(toEntry(new Upload(understood(entry))), entry);
  const { uploader, metadata, maxFiles, ...before } = { ...entry, format: 3 };
  const old = understood(before);
  assert.deepEqual([old.format, old.uploader, old.metadata, old.maxFiles], [6, "", {}, 0]);
  assert.deepEqual([uploader, metadata, maxFiles], ["avatars", { ticket: "42" }, 2]);
});

test("with which files it was given, and when it ended, are written down; before that there was neither", () => {
  const entry = structuredClone(toEntry(new Upload({ ...understood(OLD), phase: "ready", group: "g", finishedAt: 9 })));
  const again = new Upload(understood(entry));
  assert.deepEqual([again.group, again.finishedAt, again.phase], ["g", 9, "ready"]);
  const { group, finishedAt, ...before } = { ...entry, format: 5 };
  assert.deepEqual([group, finishedAt], ["g", 9]);
  const old = understood(before);
  assert.deepEqual([old.format, old.group, old.finishedAt], [6, "", 0]);
});

test("an entry of long ago has what it has, and the rest is empty", () => {
  const u = new Upload(understood({ id: "a", key: "k", name: "n", size: 1 }));
  assert.deepEqual([u.phase, u.path, u.partSize, u.fault, u.uploadId, u.edited], ["new", "", 0, null, "", false]);
});
