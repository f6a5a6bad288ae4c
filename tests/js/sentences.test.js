// No script of the client says anything but what a catalogue has: a literal with words in it that reaches a place where a person reads or hears it.
import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { ENGLISH_OF_ENGINE } from "../../custom_components/reflex_smartupload/client/core/words/english_engine.js";

const PACKAGE = "custom_components/reflex_smartupload";
/** What is in them is for people, so that there a sentence may also begin with a small letter and have no end. */
const FOR_PEOPLE = /client\/(?:core\/view|shell\/(?:ui|messages))\//;

/** What is given to these is for whoever makes the page, or for nobody; keys of sentences are none themselves. */
const UNSEEN_CALL = /^(?:console\.\w+|new \w+|say|words|said)$/;
const SEEN_CALL = /^(?:toast|sayToast|undoable)$/;
const SEEN_NAME = /^(?:aria-label|title|alt|placeholder|label|body|detail|leave_text)$/;
const UNSEEN_NAME = /^(?:className|style|type|role|id|d|autoComplete|data-[\w-]+)$/;
/** Names of fields and states, selectors, rules of a style sheet, addresses. */
const NO_PROSE = /[[\]=<>#|&*{}]|::|:\w|\/\w|--|^\S*$/;
const PROSE = /\p{L}{2,},? \p{L}/u;
const SENTENCE = /^[\p{Lu}“]|[.!?…]$/u;

/** What stands around the arguments of a template is one text. @param {ts.Node} node */
const textOf = (node) => {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text + node.templateSpans.map(({ literal }) => literal.text).join("¤") : null;
};

/** @param {ts.Node} node "console.info", "new Error" */
const callOf = (node) => (ts.isCallExpression(node) ? node.expression.getText() : ts.isNewExpression(node) ? `new ${node.expression.getText()}` : "");

/** Is it one by where it goes, whatever it is: the nearest call or member around it says so. @param {ts.Node} text @returns {"seen" | "unseen" | "open"} */
const placeOf = (text) => {
  for (let node = text; node.parent && !ts.isStatement(node.parent); node = node.parent) {
    const { parent } = node;
    if (ts.isImportDeclaration(parent) || ts.isElementAccessExpression(parent)) return "unseen";
    if (ts.isBinaryExpression(parent) && /^(?:[=!]==?|in)$/.test(parent.operatorToken.getText())) return "unseen";
    if (ts.isPropertyAssignment(parent)) {
      const name = parent.name.getText().replaceAll('"', "");
      // The service worker has its sentences in itself as well; they are those of the catalogue.
      if (parent.name === node || UNSEEN_NAME.test(name) || ENGLISH_OF_ENGINE.split("\n").includes(`${name} = ${textOf(text)}`)) return "unseen";
      // What the engine notes down is written to the console.
      if (parent.parent.getText().includes('type: "log"')) return "unseen";
      return SEEN_NAME.test(name) ? "seen" : "open";
    }
    const call = callOf(parent);
    if (!call) continue;
    if (call === "createElement") return /** @type {ts.CallExpression} */ (parent).arguments.indexOf(/** @type {ts.Expression} */ (node)) > 1 ? "seen" : "unseen";
    return SEEN_CALL.test(call) ? "seen" : UNSEEN_CALL.test(call) ? "unseen" : "open";
  }
  return "open";
};

/** @param {string} path @param {string} [code] */
const sentencesIn = (path, code = ts.sys.readFile(path)) => {
  /** @type {string[]} */
  const found = [];
  const visit = (/** @type {ts.Node} */ node) => {
    const text = textOf(node) ?? "";
    const place = text && placeOf(node);
    const isProse = PROSE.test(text) && !NO_PROSE.test(text) && (SENTENCE.test(text) || FOR_PEOPLE.test(path));
    if (place === "seen" ? /\p{L}/u.test(text) && !isKey(text) : place === "open" && isProse) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, code ?? "", ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  return found;
};

/** What a menu or a switch is in another attribute. @param {string} text */
const isKey = (text) => /^[a-z]+$/.test(text);

test("every sentence comes from a catalogue", () => {
  const scripts = globSync([`${PACKAGE}/client/**/*.js`, `${PACKAGE}/sw.js`]).filter((path) => !/io\/twins|english(?:_engine)?\.js$/.test(path));
  assert.ok(scripts.length > 100);
  assert.deepEqual(scripts.flatMap((path) => sentencesIn(path).map((text) => `${path}: ${text}`)), []);
});

test("one that does not is found, wherever it stands", () => {
  const found = (/** @type {string} */ code, path = "client/shell/ui/one.js") => sentencesIn(path, code).length;
  assert.equal(found('const WORDS = { paused: "paused by you" };'), 1);
  assert.equal(found('createElement("button", { type: "button" }, "Undo")'), 1);
  assert.equal(found('createElement("button", { className: "some names" }, say("message-undo"))'), 0);
  assert.equal(found('createElement("button", { "aria-label": "Close" }, "×")'), 1);
  assert.equal(found("toast(`$" + "{name} is deleted.`)"), 1);
  assert.equal(found("return files ? `$" + "{files} files are off the list.` : `None is.`;"), 2);
  assert.equal(found('const READ = "Keep this tab open: more files are being read.";', "client/core/server/one.js"), 1);
  assert.equal(found('console.info("the service worker is not there"); throw new Error("it is not so");'), 0);
});
