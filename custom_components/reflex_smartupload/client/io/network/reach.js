// One browser capability: whether anything answers at an address whose answers the page may not read, and whether this browser lets the page get there.

const TIMEOUT = 10_000; // ms

/** Of one permission, as versions of Chromium call it or its halves. */
const LOCAL = /** @type {any[]} */ (["loopback-network", "local-network", "local-network-access"]);

/** @param {string} name of a host */
const isPrivate = (name) =>
  name === "localhost" || name.endsWith(".localhost") || name.endsWith(".local") || /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(name) || /^\[(::1|f[cd]|fe80)/.test(name);

/** Whether a page from elsewhere may reach private networks: `denied`, `prompt` (nobody was asked), `granted`; "" where the browser knows of no such thing. */
const permission = async () => {
  const states = await Promise.all(LOCAL.map((name) => navigator.permissions?.query({ name }).then(({ state }) => state, () => "")));
  return ["denied", "prompt", "granted"].find((state) => states.some((one) => one === state)) ?? "";
};

/** Whether anything answers. @param {string} origin @param {AbortSignal} [signal] */
export const knock = (origin, signal) => fetch(`${origin}/`, { mode: "no-cors", cache: "no-store", credentials: "omit", signal }).then(() => true, () => false);

/**
 * @param {string} url
 * @param {(origin: string) => void} [askPage] only of a page's request the browser asks its person, of a worker's it refuses
 * @returns {Promise<{answers: boolean, private: boolean}>} `private`: what keeps the page away is, most likely, that the address is in a private network
 */
export const reach = async (url, askPage = () => {}) => {
  const { hostname, origin } = new URL(url, location.href);
  if (await knock(origin, AbortSignal.timeout(TIMEOUT))) return { answers: true, private: false };
  const state = await permission();
  if (state === "prompt") askPage(origin);
  return { answers: false, private: state === "denied" || (state !== "granted" && isPrivate(hostname) && !isPrivate(location.hostname)) };
};
