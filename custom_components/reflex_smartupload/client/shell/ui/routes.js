// Decides whether a path is a page of this app, or something that its server answers: an app need not have a page for share links.

/** @typedef {Record<string, {path?: string}>} Routes */

/** @param {string} pattern as React Router has it, such as `f/:token`; what takes everything else is no page @param {string[]} names */
const fits = (pattern, names) => {
  const parts = pattern.split("/").filter(Boolean);
  return parts.length === names.length && parts.every((part, at) => part.startsWith(":") || part === names[at]);
};

/** @param {string} path @param {Routes | undefined} [routes] those of the app, which React Router's manifest says; unknown they are taken to have it */
export const isPage = (path, routes = /** @type {any} */ (globalThis).__reactRouterManifest?.routes) => {
  const names = path.split("/").filter(Boolean);
  return !routes || Object.values(routes).some((route) => fits(route.path ?? "", names));
};
