// One browser capability: Web Locks, which tell who works and who lives.

/**
 * Hold a lock for as long as this page or worker lives.
 * @param {string} name
 * @returns {Promise<void>} when it is held
 */
export const hold = (name) =>
  new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return new Promise(() => {});
      })
      .catch(reject);
  });

/** When the holder of `name` is gone. @param {string} name @param {AbortSignal} [signal] ends the wait @returns {Promise<void>} */
export const gone = (name, signal) => navigator.locks.request(name, { mode: "shared", ...(signal && { signal }) }, () => {});

/**
 * Hold a lock for as long as `work` goes on.
 * @template T
 * @param {string} name @param {AbortSignal} signal ends the wait for it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const during = async (name, signal, work) => navigator.locks.request(name, { signal }, work);

/** The same for whoever waits as long as it takes. @param {string} name @param {() => Promise<unknown>} work @returns {Promise<unknown>} */
export const alone = async (name, work) => navigator.locks.request(name, work);

/** Names of the held locks that begin with `prefix`. @param {string} prefix @returns {Promise<string[]>} */
export const holders = async (prefix) => ((await navigator.locks.query()).held ?? []).map((lock) => lock.name ?? "").filter((name) => name.startsWith(prefix));
