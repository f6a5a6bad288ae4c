import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { addFiles, command, getSnapshot } from "../../../../custom_components/reflex_smartupload/client/shell/page/page.js";

Object.assign(globalThis, { isSecureContext: true });

const named = (/** @type {string} */ name) => ({ file: new File(["x"], name) });
const names = () => getSnapshot().cards.map(({ name, uploader, can_cancel }) => [name, uploader, can_cancel]);

test("a file of which nobody can say yet what it belongs to has a card at once, and can be taken back", async () => {
  /** @type {(said: {metadata: Record<string, string>}) => void} */
  let tell = () => {};
  const later = new Promise((resolve) => (tell = resolve));
  addFiles([named("a.txt"), named("b.txt")], { uploader: "avatars", later });
  assert.deepEqual(names(), [["a.txt", "avatars", true], ["b.txt", "avatars", true]]);
  command("cancel", getSnapshot().cards[0].id);
  assert.deepEqual(names(), [["b.txt", "avatars", true]]);
  tell({ metadata: { ticket: "44" } });
  await later;
  command("cancel", getSnapshot().cards[0].id);
  assert.deepEqual(names(), [["b.txt", "avatars", true]], "it is the engine's now, which says what becomes of it");
});

test("a file of which it cannot be said what it belongs to has a card that says so, at once or once that is seen", async () => {
  const refused = () => getSnapshot().cards.filter((card) => card.error_code === "metadata_inexact").map(({ name, uploader, section }) => [name, uploader, section]);
  addFiles([named("c.txt")], { uploader: "avatars", fault: "metadata_inexact" });
  assert.deepEqual(refused(), [["c.txt", "avatars", "done"]]);
  const later = Promise.resolve({ uploader: "avatars", fault: "metadata_inexact" });
  addFiles([named("d.txt")], { uploader: "avatars", later });
  const { id } = getSnapshot().cards.at(-1) ?? assert.fail();
  await later;
  assert.deepEqual(refused(), [["c.txt", "avatars", "done"], ["d.txt", "avatars", "done"]]);
  assert.equal(getSnapshot().cards.at(-1)?.id, id, "its own card");
});

test("a file that the page alone has is cancelled at once and goes after a while; undone it goes on to wait, or to where it would be by now", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {(said: {fault?: string}) => void} */
  let tell = () => {};
  const later = new Promise((resolve) => (tell = resolve));
  addFiles([named("e.txt"), named("f.txt"), named("g.txt")], { uploader: "undo", later });
  const mine = () => getSnapshot().cards.filter(({ uploader }) => uploader === "undo").map(({ name, state, can_undo, can_cancel, error_code }) => [name, state, can_undo, can_cancel, error_code]);
  const ids = getSnapshot().cards.filter(({ uploader }) => uploader === "undo").map(({ id }) => id);
  for (const id of ids) command("withdraw", id);
  assert.deepEqual(mine()[0], ["e.txt", "cancelled", true, false, ""]);
  command("undo", ids[0]);
  assert.deepEqual(mine()[0], ["e.txt", "staging", false, true, ""]);
  command("withdraw", ids[0]);
  command("dismiss", ids[0]);
  assert.deepEqual(mine().map(([name]) => name), ["f.txt", "g.txt"]);
  tell({ fault: "metadata_inexact" });
  await later;
  command("undo", ids[1]);
  assert.deepEqual(mine()[0], ["f.txt", "failed", false, false, "metadata_inexact"]);
  mock.timers.tick(10_000);
  assert.deepEqual(mine().map(([name]) => name), ["f.txt"]);
  command("undo", ids[2]);
  assert.equal(mine().length, 1);
  mock.timers.reset();
});
