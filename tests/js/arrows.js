// Tells which file of the browser half knows which other: by an import, by a type in a comment, or through an object that it was given.
// Prints JSON on the standard output, from each file to those that it knows; paths start at the folder that is named as the argument.

import { relative, resolve, sep } from "node:path";
import ts from "typescript";

const root = resolve(process.argv[2] ?? "custom_components/reflex_smartupload/client");
const config = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, /** @type {any} */ ({ ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }));
const files = ts.sys.readDirectory(root, [".js"]);
const program = ts.createProgram(files, config?.options ?? {});
const checker = program.getTypeChecker();

/** @param {string} file */
const isOurs = (file) => file.startsWith(root + sep);

/** Where what a name stands for is written down. @param {ts.Node} name @returns {string[]} */
const placesOf = (name) => {
  let symbol = checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return (symbol?.declarations ?? []).map((declaration) => declaration.getSourceFile().fileName).filter(isOurs);
};

/** Comments are no children of what they stand at. @param {ts.Node} node @param {(node: ts.Node) => void} visit */
const walk = (node, visit) => {
  visit(node);
  for (const comment of ts.getJSDocCommentsAndTags(node)) if (comment.parent === node) walk(comment, visit);
  ts.forEachChild(node, (child) => walk(child, visit));
};

/** @param {ts.SourceFile} file */
const knownBy = (file) => {
  /** @type {Set<string>} */
  const known = new Set();
  walk(file, (node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteral(node)) for (const place of placesOf(node)) known.add(place);
  });
  known.delete(file.fileName);
  return [...known].map((place) => relative(root, place)).sort();
};

const ours = program.getSourceFiles().filter((file) => isOurs(file.fileName));
console.log(JSON.stringify(Object.fromEntries(ours.map((file) => [relative(root, file.fileName), knownBy(file)]))));
