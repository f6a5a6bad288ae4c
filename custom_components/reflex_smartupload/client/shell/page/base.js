// Decides where the site begins: at the path that the app was built for.

/** Read word for word: the bundler puts the path in its place, and its development server refuses anything else. */
const built = () => {
  try {
    // @ts-expect-error: no type knows what a bundler adds to `import.meta`
    return import.meta.env.BASE_URL;
  } catch {
    return "/"; // without a bundler
  }
};

/** With a slash at its end. @type {string} */
export const BASE = built();
