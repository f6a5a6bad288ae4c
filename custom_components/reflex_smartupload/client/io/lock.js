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

/** When the holder of `name` is gone. @param {string} name @returns {Promise<void>} */
export const gone = (name) => navigator.locks.request(name, { mode: "shared" }, () => {});

/** Names of the held locks that begin with `prefix`. @param {string} prefix @returns {Promise<string[]>} */
export const holders = async (prefix) => ((await navigator.locks.query()).held ?? []).map((lock) => lock.name ?? "").filter((name) => name.startsWith(prefix));
