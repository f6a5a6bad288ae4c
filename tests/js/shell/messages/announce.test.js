import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const serviceWorker = new EventTarget();
let visibility = "visible";
const fakes = {
  navigator: { serviceWorker },
  location: { pathname: "/files", href: "https://example.org/files" },
  document: { get visibilityState() { return visibility; } },
};
for (const [name, value] of Object.entries(fakes)) Object.defineProperty(globalThis, name, { value, configurable: true });

const { answerServiceWorker, goWhereAsked } = await import("../../../../custom_components/reflex_smartupload/client/shell/messages/announce.js");
const { getToasts, hideToast } = await import("../../../../custom_components/reflex_smartupload/client/shell/messages/toast.js");

answerServiceWorker();

/** @type {string[]} */
let gone = [];
beforeEach(() => {
  gone = [];
  visibility = "visible";
  for (const { id } of getToasts()) hideToast(id);
});

/** What the page answers the service worker: true, or nothing. @param {object} data */
const ask = (data) => {
  /** @type {unknown[]} */
  const answers = [];
  serviceWorker.dispatchEvent(Object.assign(new Event("message"), { data, ports: [{ postMessage: (/** @type {unknown} */ said) => answers.push(said) }] }));
  return answers;
};
const asksToGo = (/** @type {string} */ url) => ask({ type: "smartupload-go", url });

test("a page that React has not taken over answers a click at once, and goes there as soon as it can", () => {
  assert.deepEqual(asksToGo("/f/one"), [true]);
  assert.deepEqual(gone, []);
  const stop = goWhereAsked((path) => void gone.push(path));
  assert.deepEqual(gone, ["/f/one"]);
  stop();
});

test("of two clicks before that the last one counts, and none is followed twice", () => {
  asksToGo("/f/one");
  asksToGo("/f/two");
  goWhereAsked((path) => void gone.push(path))();
  goWhereAsked((path) => void gone.push(path))();
  assert.deepEqual(gone, ["/f/two"]);
});

test("a page goes where a click asks it to, and stays where it is there already", () => {
  const stop = goWhereAsked((path) => void gone.push(path));
  assert.deepEqual([asksToGo("/f/one"), asksToGo("/files")], [[true], [true]]);
  assert.deepEqual(gone, ["/f/one"]);
  stop();
});

test("a push is said in a page that is looked at, before React has taken it over as well", () => {
  const push = { kind: "upload.ready", title: "a.bin is ready", url: "/f/one", tag: "u1" };
  assert.deepEqual(ask({ type: "smartupload-push", push }), [true]);
  assert.deepEqual(getToasts().map(({ text, copy }) => [text, copy]), [["a.bin is ready.", "https://example.org/f/one"]]);
  visibility = "hidden";
  assert.deepEqual(ask({ type: "smartupload-push", push: { ...push, tag: "u2" } }), [], "a page that nobody sees must not answer");
  assert.equal(getToasts().length, 1);
});

test("what is not for this part of the page stays without an answer", () => assert.deepEqual(ask({ type: "another" }), []));
