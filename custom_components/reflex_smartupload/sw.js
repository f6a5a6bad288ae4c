// What the service worker does: when a handover ended, it says so to the engine, or, where none lives, to the server.
// When the last page is gone, the engine runs on in it. And it shows what the server pushes, and opens the file on a click.

const line = new BroadcastChannel("smartupload-1");

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// The engine as this build made it, named by the page that registers; without it (development) nothing runs on.
const here = new URL(location.href);
const engine = new URL(here.searchParams.get("engine") ?? "", here);
const assets = new URL("assets/", here);
try {
  if (engine.href.startsWith(assets.href)) importScripts(engine.pathname);
} catch (error) {
  console.info(`[smartupload] no background run: ${error}`);
}

/** What it says by itself; in English where the engine cannot say it in the language of the last page. */
const ENGLISH = {
  "handed-arrived": "All of it has arrived.",
  "push-unreadable-title": "There is news about your files",
  "push-unreadable-body": "Open the list to see it.",
};
/** ms for the engine's journal to answer: a push has to be shown. */
const ANSWER = 1000;

/** The text, its language, and which way that runs. */
const said = (key) =>
  new Promise((resolve) => {
    const english = { text: ENGLISH[key], lang: "en", dir: "ltr" };
    setTimeout(resolve, ANSWER, english);
    const asked = globalThis.smartuploadBackgroundRun?.say(key) ?? Promise.resolve(english);
    asked.then(resolve, () => resolve(english));
  });

const runInBackground = async () => globalThis.smartuploadBackgroundRun?.begin() ?? true;

addEventListener("message", (event) => {
  if (event.data?.type === "leaving") event.waitUntil(runInBackground());
});
// Rejected when anything is left or another engine is still at it: the browser asks again some minutes later.
addEventListener("sync", (event) => {
  if (event.tag === "smartupload") event.waitUntil(runInBackground().then((through) => through || Promise.reject(new Error("not through yet"))));
});

/** An id is a random name and the ids of the uploads, with dots between. */
const uploadsOf = (id) => id.split(".").slice(1);

const engineLives = async () => (await navigator.locks.query()).held.some((lock) => lock.name === "smartupload-engine");

const report = async (id, how, call) => {
  line.postMessage({ type: "background", id, how });
  if (how === "success" || !(await engineLives()))
    await Promise.allSettled(
      uploadsOf(id).map((upload) =>
        fetch(`/api/uploads/${upload}/${call}`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }),
      ),
    );
};

addEventListener("backgroundfetchsuccess", (event) => event.waitUntil(report(event.registration.id, "success", "complete")));
// What it had sent is there all the same: the server counts it, and the next visit sends the rest.
addEventListener("backgroundfetchfail", (event) => {
  // The server has it drop what is not needed any more (smartupload/service/holds): no failure, whatever the browser calls it.
  if (event.registration.failureReason === "download-total-exceeded") event.waitUntil(said("handed-arrived").then(({ text: title }) => event.updateUI({ title })).catch(() => {}));
  event.waitUntil(report(event.registration.id, "fail", "complete"));
});
// Cancelled in the browser's own panel: a pause, so that nothing is lost.
addEventListener("backgroundfetchabort", (event) => event.waitUntil(report(event.registration.id, "abort", "pause")));
addEventListener("backgroundfetchclick", (event) => event.waitUntil(show()));

const show = async () => {
  const [page] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return page ? page.focus() : clients.openWindow("/");
};

// ---------------------------------------------------------------- pushes

/** ms for a page to say that it has heard. After a click, browsers allow a window to be opened for little more than a second. */
const PATIENCE = { push: 5000, click: 700 };

/** Browsers want something to be seen for every push, so an unreadable one is not passed over. */
const UNREADABLE = { kind: "", title: "", body: "", url: "/files", tag: "smartupload", lang: "", dir: "auto" };
/** Anything else as `dir` is an error, and nothing is seen. */
const WAYS = ["ltr", "rtl"];

const pathOf = (url) => {
  const target = new URL(url, location.origin);
  return url && target.origin === location.origin ? target.pathname : UNREADABLE.url;
};

const read = (data) => {
  try {
    const push = data.json();
    const [kind, title, body, url, tag, lang, way] = ["kind", "title", "body", "url", "upload_id", "lang", "dir"].map((name) => (typeof push[name] === "string" ? push[name] : ""));
    const dir = WAYS.includes(way) ? way : UNREADABLE.dir;
    return title ? { kind, title, body, url: pathOf(url), tag: tag || UNREADABLE.tag, lang, dir } : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
};

/** Ask a page for something; false when it does not answer: it is frozen, still loading, or no page of the app. */
const ask = (page, message, patience) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    setTimeout(resolve, patience, false);
    page.postMessage(message, [port2]);
  });

/** The one looked at last comes first. */
const pages = () => clients.matchAll({ type: "window", includeUncontrolled: true });

const unreadable = async () => {
  const [title, { text: body, lang, dir }] = [await said("push-unreadable-title"), await said("push-unreadable-body")];
  // Where one of them took too long, they are not in one language.
  return { title: title.text, body, ...(title.lang === lang && { lang, dir }) };
};

const showPush = async (heard) => {
  const push = heard.title ? heard : { ...heard, ...(await unreadable()) };
  const before = (await pages()).find((page) => page.focused && page.visibilityState === "visible");
  if (before && (await ask(before, { type: "smartupload-push", push }, PATIENCE.push))) return;
  const { title, body, tag, url, lang, dir } = push;
  await registration.showNotification(title, { body, tag, lang, dir, renotify: true, icon: new URL("icon-192.png", here).pathname, data: { url } });
};

/** In a tab that shows it already, else in one that goes there without being loaded anew, else in a new one. */
const openFile = async (url) => {
  const open = await pages();
  const page = open.find((one) => new URL(one.url).pathname === url) ?? open[0];
  if (page && (await ask(page, { type: "smartupload-go", url }, PATIENCE.click))) return page.focus();
  return clients.openWindow(url);
};

/** The browser made the subscription void. The page does the same on its next start, should this fail. */
const renew = async ({ oldSubscription, newSubscription }) => {
  const call = (method, body) => fetch("/api/push-subscriptions", { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const make = async () => {
    const { key } = await (await fetch("/api/push-key")).json();
    const bytes = Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes });
  };
  const { endpoint, keys } = (newSubscription ?? (await make())).toJSON();
  await call("POST", { endpoint, keys });
  if (oldSubscription && oldSubscription.endpoint !== endpoint) await call("DELETE", { endpoint: oldSubscription.endpoint });
};

addEventListener("push", (event) => event.waitUntil(showPush(read(event.data))));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openFile(event.notification.data?.url ?? UNREADABLE.url));
});
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
