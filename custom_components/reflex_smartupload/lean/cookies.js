// In the place of universal-cookie: what Reflex asks of it for `rx.Cookie`.

/** @typedef {{path?: string, domain?: string, maxAge?: number, expires?: Date, secure?: boolean, sameSite?: string | boolean, partitioned?: boolean}} Options */

const here = () => typeof document !== "undefined";

/** @param {string} text */
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** @param {Options} options */
const attributes = ({ path, domain, maxAge, expires, secure, sameSite, partitioned }) =>
  [
    path && `Path=${path}`,
    domain && `Domain=${domain}`,
    maxAge != null && `Max-Age=${Math.floor(maxAge)}`,
    expires && `Expires=${expires.toUTCString()}`,
    secure && "Secure",
    sameSite && `SameSite=${sameSite === true ? "Strict" : sameSite}`,
    partitioned && "Partitioned",
  ].filter(Boolean);

export default class Cookies {
  /** As it was written: what it means knows whoever asks. @param {string} name @returns {string | undefined} */
  get(name) {
    const found = here() ? document.cookie.split(/; */).find((pair) => pair.startsWith(`${name}=`)) : undefined;
    return found && decoded(found.slice(name.length + 1));
  }

  /** @param {string} name @param {unknown} value @param {Options} [options] */
  set(name, value, options = {}) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (here()) document.cookie = [`${name}=${encodeURIComponent(text)}`, ...attributes(options)].join("; ");
  }

  /** @param {string} name @param {Options} [options] */
  remove(name, options = {}) {
    this.set(name, "", { ...options, expires: new Date(0), maxAge: 0 });
  }
}
