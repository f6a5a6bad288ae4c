// One browser capability: whether anything answers at an address whose answers the page may not read, and in which network it is.

const TIMEOUT = 10_000; // ms

/** @param {string} name of a host */
const isPrivate = (name) =>
  name === "localhost" || name.endsWith(".localhost") || name.endsWith(".local") || /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(name) || /^\[(::1|f[cd]|fe80)/.test(name);

/** @param {string} url @returns {Promise<{answers: boolean, private: boolean}>} */
export const reach = async (url) => {
  const { hostname, origin } = new URL(url, location.href);
  let answers = false;
  try {
    await fetch(`${origin}/`, { mode: "no-cors", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(TIMEOUT) });
    answers = true;
  } catch {
    // nobody, or the browser does not let the page ask
  }
  return { answers, private: isPrivate(hostname) && !isPrivate(location.hostname) };
};
