import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

const target = new EventTarget();
/** @type {any} */
const page = Object.assign(target, { hidden: false, activeElement: null, body: {}, querySelector: () => null });
Object.defineProperty(globalThis, "document", { value: page, configurable: true });
Object.defineProperty(globalThis, "addEventListener", { value: target.addEventListener.bind(target), configurable: true });
Object.defineProperty(globalThis, "HTMLElement", { value: class {}, configurable: true });
Object.defineProperty(globalThis, "requestAnimationFrame", { value: (/** @type {() => void} */ f) => f(), configurable: true });

const { getRemoved, isTwice, listenForUndo, noteCancelled, settle, undoable } = await import("../../../../custom_components/reflex_smartupload/client/shell/messages/undo.js");
const { getToasts, hideToast, holdToasts, toast, undoToast } = await import("../../../../custom_components/reflex_smartupload/client/shell/messages/toast.js");

/** @type {string[]} */
let done = [];
const remove = (/** @type {string} */ id) => undoable(`${id} is gone.`, [id], () => void done.push(id));

mock.timers.enable({ apis: ["setTimeout"] });
beforeEach(() => {
  for (const { id } of getToasts()) hideToast(id);
  done = [];
});

test("it looks done at once, and is done after ten seconds", () => {
  remove("a");
  assert.ok(getRemoved().includes("a"));
  mock.timers.tick(9999);
  assert.deepEqual(done, []);
  mock.timers.tick(1);
  assert.deepEqual([done, getToasts().length], [["a"], 0]);
});

test("what is taken back is shown again and never done", () => {
  remove("b");
  undoToast(getToasts()[0].id);
  assert.ok(!getRemoved().includes("b"));
  mock.timers.tick(60_000);
  assert.deepEqual(done, []);
});

test("whoever closes the message, or leaves the page, takes nothing back", () => {
  const stop = listenForUndo();
  remove("c");
  hideToast(getToasts()[0].id);
  remove("d");
  target.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(done, ["c", "d"]);
  mock.timers.tick(60_000);
  assert.deepEqual(done, ["c", "d"], "each once");
  stop();
});

test("the keys take back what was done last", () => {
  const stop = listenForUndo();
  remove("e");
  remove("f");
  toast("Link copied.");
  target.dispatchEvent(Object.assign(new Event("keydown"), { key: "z", ctrlKey: true }));
  assert.deepEqual(getRemoved().filter((id) => "ef".includes(id)), ["e"]);
  stop();
});

test("a message that makes room for newer ones is done, and one that is read waits", () => {
  remove("g");
  holdToasts(true);
  mock.timers.tick(60_000);
  assert.deepEqual(done, []);
  holdToasts(false);
  for (const text of ["one", "two", "three"]) toast(text);
  assert.deepEqual(done, ["g"]);
});

test("what somebody who signs out can still take back is done before, and what could not be is known", async () => {
  /** @type {((isDone: boolean) => void)[]} */
  const ends = [];
  undoable("h is gone.", ["h"], () => new Promise((resolve) => void ends.push(resolve)));
  remove("i");
  let settled = "";
  const settling = settle().then((isDone) => (settled = String(isDone)));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([done, settled, getToasts().length], [["i"], "", 0]);
  ends[0](true);
  await settling;
  assert.equal(settled, "true");
  undoable("j is gone.", ["j"], async () => false);
  assert.equal(await settle(), false);
  assert.equal(await settle(), true, "it is known once");
});

test("the keys undo a cancellation, too, in the order in which things were done, and nothing that cannot be undone any more", () => {
  const stop = listenForUndo();
  const press = () => target.dispatchEvent(Object.assign(new Event("keydown"), { key: "z", ctrlKey: true }));
  /** @type {string[]} */
  const undone = [];
  noteCancelled(() => true, () => undone.push("first"));
  remove("k");
  noteCancelled(() => false, () => undone.push("too late"));
  noteCancelled(() => true, () => undone.push("last"));
  press();
  assert.deepEqual([undone, getRemoved().includes("k")], [["last"], true]);
  press();
  assert.deepEqual([undone, getRemoved().includes("k")], [["last"], false]);
  press();
  press();
  assert.deepEqual(undone, ["last", "first"]);
  stop();
});

test("the second click of a double one is none for the button that has come meanwhile", () => {
  assert.deepEqual([isTwice({ detail: 2 }), isTwice({ detail: 1 }), isTwice({ detail: 0 }), isTwice(undefined), isTwice({ button: 0 }, { detail: 2 })], [true, false, false, false, true]);
});
