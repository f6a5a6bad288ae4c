// Decides what a build puts in the place of packages that Reflex has in every page: the same for what pages use of them, and smaller. A plugin of Vite.
// Development stays as it is. It also says what the scripts of a build weigh.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** By the package that a script asks for. @type {Record<string, string>} */
const INSTEAD = { "@emotion/react": "styles.js", "universal-cookie": "cookies.js", mergician: "merge.js", "$/utils/helpers/upload": "upload.js" };

/** Long polling and WebTransport are for whoever asks for them; Reflex does not, unless an app sets it. @type {[RegExp, string][]} */
const WEBSOCKET_ONLY = [
  [/\/engine\.io-client\/.*\/transports\/index\.js$/, 'import { WS } from "./websocket.node.js";\nexport const transports = { websocket: WS };\n'],
  [/\/engine\.io-client\/.*\/transports\/polling-xhr(?:\.node)?\.js$/, "export class BaseXHR {}\nexport class Request {}\nexport class XHR {}\n"],
];

/** What Reflex shows where a page has failed: a button there does without another colour below the mouse. */
const FAILED = /\/Errorboundary_\w+\.jsx$/;

/** What an element cannot have as its own style: a rule for a state of it, for what is in it, or for some screens. */
const RULE = /\["([^"\\]*[&:@>\s][^"\\]*)"\]\s*:/;

/**
 * The first rule in the styles of a compiled page that is none of the element itself; "" where there is none.
 * @param {string} code
 */
export const ruleIn = (code) => {
  for (let at = code.indexOf("css:("); at >= 0; at = code.indexOf("css:(", at + 1)) {
    let depth = 0;
    let end = at + "css:".length;
    do {
      if (code[end] === '"') while (++end < code.length && code[end] !== '"') end += code[end] === "\\" ? 1 : 0;
      else if (code[end] === "(") depth += 1;
      else if (code[end] === ")") depth -= 1;
      end += 1;
    } while (depth && end < code.length);
    const found = RULE.exec(code.slice(at, end));
    if (found) return found[1];
  }
  return "";
};

/** Words that several pages say are fetched together, instead of file by file; not those of links and notifications, which most pages do without. */
const WORDS = { name: "words", test: /\/client\/shell\/(?:words\/(?!notify|share)|language\/english_)/, minShareCount: 2 };

/** @param {{onlyWebsocket: boolean}} options @returns {any} */
export const lean = ({ onlyWebsocket }) => ({
  name: "smartupload-lean",
  apply: "build",
  enforce: "pre",
  config: () => ({ build: { rollupOptions: { output: { codeSplitting: { groups: [WORDS] } } } } }),
  /** What weighs what, as gzip has it, before it is minified: for whoever wants to know, beside what is served. @this {any} @param {unknown} _options @param {Record<string, any>} bundle */
  generateBundle(_options, bundle) {
    if (this.environment?.name !== "client") return;
    const weights = Object.values(bundle).flatMap(({ fileName, modules = {} }) => Object.entries(modules).map(([id, { code }]) => [gzipSync(code ?? "").length, fileName, id]));
    writeFileSync("build/weights.json", JSON.stringify(weights.sort(([one], [other]) => other - one)));
  },
  /** @param {string} source @param {string} [importer] */
  resolveId: (source, importer = "") => (Object.hasOwn(INSTEAD, source) && !importer.endsWith(INSTEAD[source]) ? fileURLToPath(new URL(INSTEAD[source], import.meta.url)) : null),
  /** @this {any} @param {string} code @param {string} id */
  transform(code, id) {
    const instead = onlyWebsocket && WEBSOCKET_ONLY.find(([path]) => path.test(id));
    if (instead) return { code: instead[1], map: null };
    const rule = id.includes("/node_modules/") || FAILED.test(id) ? "" : ruleIn(code);
    if (rule) this.error(`${id} has a style for "${rule}", which no element can have by itself: give it a class and put it into a style sheet, or build without lean=True.`);
    return null;
  },
});
