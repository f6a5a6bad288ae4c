// Decides what a sign-in page is told about where to come back to.

/**
 * The address of the sign-in page with `to`: on this site the path of the page, for another site its whole address.
 * @param {string} url as the server says it
 * @param {{pathname: string, search: string, href: string}} here
 */
export const signInAddress = (url, here) => {
  const [address, place] = /** @type {[string, string | undefined]} */ (url.split(/#(.*)/s));
  const back = url.startsWith("/") ? here.pathname + here.search : here.href;
  const asked = `${address}${address.includes("?") ? "&" : "?"}to=${encodeURIComponent(back)}`;
  return place === undefined ? asked : `${asked}#${place}`;
};
