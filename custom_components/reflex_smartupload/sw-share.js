// What a service worker of its own does, for one address alone: it keeps the files that other apps share with an installed one, until a page takes them.
// The one of the pages (sw.js) hears of no request: a browser keeps the bytes of copies that are not needed any more for as long as it would wait for one.

addEventListener("install", () => skipWaiting());

const here = new URL("./", location.href);

/** As the manifest has it (installing.py). */
const SHARE_TARGET = new URL("share-target", here).pathname;

/** For the page, which reads them in `client/io/storage/shared.js`. @param {string} batch @param {File[]} files */
const keepShared = (batch, files) =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("smartupload-shared", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("files", { autoIncrement: true });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const db = asked.result;
      const change = db.transaction("files", "readwrite", { durability: "strict" });
      for (const file of files) change.objectStore("files").add({ batch, file, at: Date.now() });
      change.oncomplete = () => resolve(db.close());
      change.onabort = () => reject(change.error ?? db.close());
    };
  });

/** They are kept before a page is asked for, so that nothing is lost where none comes; its address says what became of them. */
const takeShared = async (request) => {
  const batch = crypto.randomUUID();
  let what = batch;
  try {
    const files = (await request.formData()).getAll("files").filter((one) => typeof one !== "string");
    // Another site may send a form as well, and most say who they are.
    if (request.referrer && new URL(request.referrer).origin !== location.origin) what = "foreign";
    else if (files.length) await keepShared(batch, files);
    else what = "none";
  } catch (error) {
    console.info(`[smartupload] what was shared could not be kept: ${error}`);
    what = "lost";
  }
  return Response.redirect(new URL(`./?shared=${what}`, here).href, 303);
};

addEventListener("fetch", (event) => {
  if (event.request.method === "POST" && new URL(event.request.url).pathname === SHARE_TARGET) event.respondWith(takeShared(event.request));
});
