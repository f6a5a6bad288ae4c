import assert from "node:assert/strict";
import test from "node:test";
import { isPage } from "../../../../custom_components/reflex_smartupload/client/shell/ui/routes.js";

test("a path is a page of the app when one of its routes fits, and not the one that takes everything else", () => {
  const routes = { root: { path: "" }, index: {}, files: { path: "files" }, shared: { path: "f/:token" }, missing: { path: "*" } };
  for (const path of ["/", "/files", "/files/", "/f/abc"]) assert.equal(isPage(path, routes), true, path);
  for (const path of ["/f", "/f/abc/raw", "/elsewhere", "/api/uploads/1/download"]) assert.equal(isPage(path, routes), false, path);
  const others = Object.fromEntries(Object.entries(routes).filter(([name]) => name !== "shared"));
  assert.equal(isPage("/f/abc", others), false, "an app without a page for share links");
});

test("where nobody says which pages there are, it is taken for one: to load it anew could end a sole tab's engine", () => {
  assert.equal(isPage("/f/abc", undefined), true);
});
