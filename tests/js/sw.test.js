// The service worker's part in pushes, with a browser made up around the very script that reaches the site.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SCRIPT = readFileSync(new URL("../../custom_components/reflex_smartupload/sw.js", import.meta.url), "utf8");
const SITE = "https://files.example";

/** A window; `answers` as a page of the app does. @param {string} path @param {{focused?: boolean, visible?: boolean, answers?: boolean}} [how] */
const aWindow = (path, { focused = false, visible = true, answers = true } = {}) => {
  const page = {
    url: SITE + path,
    focused,
    visibilityState: visible ? "visible" : "hidden",
    /** @type {any[]} */ heard: [],
    focuses: 0,
    focus: () => void (page.focuses += 1),
    postMessage: (/** @type {any} */ message, /** @type {any[]} */ [port]) => {
      page.heard.push(JSON.parse(JSON.stringify(message)));
      if (answers) port.answer(true);
    },
  };
  return page;
};

/** @param {ReturnType<typeof aWindow>[]} windows */
const worker = (...windows) => workerWith({}, ...windows);

/** @param {object} more of what the browser has @param {ReturnType<typeof aWindow>[]} windows */
const workerWith = (more, ...windows) => {
  const shown = /** @type {any[]} */ ([]);
  const opened = /** @type {string[]} */ ([]);
  const calls = /** @type {string[]} */ ([]);
  const listeners = /** @type {Record<string, (event: any) => void>} */ ({});
  class MessageChannel {
    port1 = { onmessage: (/** @type {any} */ _event) => {} };
    port2 = { answer: (/** @type {any} */ data) => this.port1.onmessage({ data }) };
  }
  vm.runInNewContext(SCRIPT, {
    ...more,
    BroadcastChannel: class {},
    MessageChannel,
    URL,
    Uint8Array,
    atob,
    console: { info: () => {} },
    location: { href: `${SITE}/sw.js`, origin: SITE },
    setTimeout: (/** @type {Function} */ call, /** @type {number} */ _ms, /** @type {any[]} */ ...given) => setTimeout(call, 20, ...given),
    addEventListener: (/** @type {string} */ name, /** @type {any} */ listener) => (listeners[name] = listener),
    clients: { matchAll: async () => windows, openWindow: async (/** @type {string} */ url) => void opened.push(url) },
    registration: {
      showNotification: async (/** @type {string} */ title, /** @type {any} */ options) => void shown.push(JSON.parse(JSON.stringify({ title, ...options }))),
      pushManager: { subscribe: async () => subscription("https://push.example/new") },
    },
    fetch: async (/** @type {string} */ path, { method = "GET", body = "" } = {}) => {
      calls.push(`${method} ${path} ${body}`.trim());
      return { json: async () => ({ key: "BA" }) };
    },
  });
  const fire = async (/** @type {string} */ name, /** @type {any} */ event) => {
    /** @type {Promise<any>[]} */
    const work = [];
    listeners[name]({ ...event, waitUntil: (/** @type {Promise<any>} */ one) => work.push(one) });
    await Promise.all(work);
  };
  return { shown, opened, calls, fire, listeners };
};

const subscription = (/** @type {string} */ endpoint) => ({ endpoint, toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh: "P", auth: "A" } }) });
const data = (/** @type {string} */ text) => ({ data: { json: () => JSON.parse(text) } });
const PUSH = { kind: "upload.ready", upload_id: "u1", name: "big.mov", title: "big.mov is ready", body: "2.1 GB. Open it or send the link.", url: "/f/abc", lang: "ar", dir: "rtl" };

test("a push is shown", async () => {
  const { shown, fire } = worker();
  await fire("push", data(JSON.stringify(PUSH)));
  assert.deepEqual(shown, [{ title: PUSH.title, body: PUSH.body, tag: "u1", lang: "ar", dir: "rtl", renotify: true, icon: "/icon-192.png", data: { url: "/f/abc" } }]);
});

test("what cannot be read is shown all the same", async () => {
  for (const event of [{ data: null }, data("no json"), data("null"), data("{}"), data('{"title": 5}')]) {
    const { shown, fire } = worker();
    await fire("push", event);
    assert.deepEqual([shown.length, shown[0].title, shown[0].data.url], [1, "There is news about your files", "/files"]);
    assert.deepEqual([shown[0].lang, shown[0].dir], ["en", "ltr"]);
  }
});

test("one without a language, or with a way to read that no browser knows, is shown all the same", async () => {
  for (const more of [{ lang: undefined, dir: undefined }, { lang: "", dir: "up" }, { lang: "", dir: 5 }]) {
    const { shown, fire } = worker();
    await fire("push", data(JSON.stringify({ ...PUSH, ...more })));
    assert.deepEqual([shown.length, shown[0].title, shown[0].lang, shown[0].dir], [1, PUSH.title, "", "auto"]);
  }
});

test("no push leads to another site", async () => {
  for (const url of ["https://evil.example/x", "//evil.example", "javascript:alert(1)", "", "https://"]) {
    const { shown, fire } = worker();
    await fire("push", data(JSON.stringify({ ...PUSH, url })));
    assert.deepEqual([shown.length, shown[0].data.url], [1, "/files"], url);
  }
});

test("who looks at the app is told there", async () => {
  const hidden = aWindow("/files", { visible: false });
  const seen = aWindow("/projects", { focused: true });
  const { shown, fire } = worker(hidden, seen);
  await fire("push", data(JSON.stringify(PUSH)));
  assert.deepEqual(shown, []);
  assert.deepEqual(seen.heard, [{ type: "smartupload-push", push: { kind: "upload.ready", title: PUSH.title, body: PUSH.body, url: "/f/abc", tag: "u1", lang: "ar", dir: "rtl" } }]);
  assert.deepEqual(hidden.heard, []);
});

test("a window that is not looked at, or does not answer, is not enough", async () => {
  for (const one of [aWindow("/", { focused: false }), aWindow("/", { focused: true, visible: false }), aWindow("/", { focused: true, answers: false })]) {
    const { shown, fire } = worker(one);
    await fire("push", data(JSON.stringify(PUSH)));
    assert.equal(shown.length, 1);
  }
});

const click = (url = "/f/abc") => {
  const notification = { closed: 0, close: () => void (notification.closed += 1), data: { url } };
  return { notification };
};

test("a click goes to the tab that shows the file", async () => {
  const [other, same] = [aWindow("/"), aWindow("/f/abc")];
  const { opened, fire } = worker(other, same);
  const event = click();
  await fire("notificationclick", event);
  assert.deepEqual([event.notification.closed, same.focuses, other.focuses, other.heard, opened], [1, 1, 0, [], []]);
});

test("a click brings an open tab there, and opens a window when there is none", async () => {
  const one = aWindow("/");
  const first = worker(one);
  await first.fire("notificationclick", click());
  assert.deepEqual([one.heard, one.focuses, first.opened], [[{ type: "smartupload-go", url: "/f/abc" }], 1, []]);
  for (const windows of [[], [aWindow("/api/openapi.json", { answers: false })]]) {
    const { opened, fire } = worker(...windows);
    await fire("notificationclick", click());
    assert.deepEqual([opened, windows.map((page) => page.focuses)], [["/f/abc"], windows.map(() => 0)]);
  }
});

test("a subscription that was made void is replaced", async () => {
  const first = worker();
  await first.fire("pushsubscriptionchange", { oldSubscription: subscription("https://push.example/old"), newSubscription: null });
  const body = (/** @type {string} */ endpoint) => `{"endpoint":"https://push.example/${endpoint}","keys":{"p256dh":"P","auth":"A"}}`;
  assert.deepEqual(first.calls, ["GET /api/push-key", `POST /api/push-subscriptions ${body("new")}`, 'DELETE /api/push-subscriptions {"endpoint":"https://push.example/old"}']);
  const second = worker();
  await second.fire("pushsubscriptionchange", { oldSubscription: null, newSubscription: subscription("https://push.example/given") });
  assert.deepEqual(second.calls, [`POST /api/push-subscriptions ${body("given")}`]);
});
