// What is said in English, made of locales/en by `python -m scripts.words`.

/** In Fluent's format. */
export const ENGLISH = [
  "tray-label = Files on their way",
  "tray-more = and { $count } more",
].join("\n");
