// Tells which fields of each class of the browser half are written from outside that class: assigned, assigned through Object.assign, or, where a
// field holds a collection, changed in it. Prints JSON on the standard output: by class and field the places, as file:line.

import { relative, resolve, sep } from "node:path";
import ts from "typescript";

const root = resolve(process.argv[2] ?? "custom_components/reflex_smartupload/client");
const config = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, /** @type {any} */ ({ ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }));
const program = ts.createProgram(ts.sys.readDirectory(root, [".js"]), config?.options ?? {});
const checker = program.getTypeChecker();

/** What changes a Map, a Set or an array. */
const CHANGES = new Set(["set", "add", "delete", "clear", "push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill"]);
const COLLECTIONS = new Set(["Map", "Set", "WeakMap", "WeakSet", "Array"]);

/** @type {Record<string, Record<string, string[]>>} */
const found = {};

/** @param {ts.Node} node @returns {ts.ClassLikeDeclaration[]} innermost first */
const classesAround = (node) => {
  const around = [];
  for (let at = node.parent; at; at = at.parent) if (ts.isClassLike(at)) around.push(at);
  return around;
};

/** A class and those it extends. @param {ts.ClassLikeDeclaration} one @returns {Set<ts.Node>} */
const withBases = (one) => {
  const all = new Set([/** @type {ts.Node} */ (one)]);
  const type = checker.getTypeAtLocation(one);
  for (const base of type.isClassOrInterface() ? checker.getBaseTypes(type) : []) {
    const [declaration] = base.symbol?.declarations ?? [];
    if (declaration && ts.isClassLike(declaration)) for (const more of withBases(declaration)) all.add(more);
  }
  return all;
};

/** The class that a field is written down in. @param {ts.Symbol | undefined} field */
const ownerOf = (field) => {
  for (const declaration of field?.declarations ?? []) {
    const [owner] = classesAround(declaration);
    if (owner?.name && owner.getSourceFile().fileName.startsWith(root + sep)) return owner;
  }
  return null;
};

/** @param {ts.Symbol | undefined} field @param {ts.Node} at */
const written = (field, at) => {
  const owner = ownerOf(field);
  if (!owner?.name || !field) return;
  if (classesAround(at).some((one) => withBases(one).has(owner))) return;
  const file = at.getSourceFile();
  const place = `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(at.getStart()).line + 1}`;
  const places = ((found[owner.name.text] ??= {})[field.name] ??= []);
  if (!places.includes(place)) places.push(place);
};

/** What `a.b`, or a name that was taken out of an object, stands for. @param {ts.Node} node */
const fieldOf = (node) => {
  if (ts.isPropertyAccessExpression(node)) return checker.getSymbolAtLocation(node.name);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (!declaration || !ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return undefined;
  const name = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(name) ? checker.getTypeAtLocation(declaration.parent).getProperty(name.text) : undefined;
};

/** @param {ts.Node} target of an assignment */
const assigned = (target) => {
  if (ts.isPropertyAccessExpression(target)) written(fieldOf(target), target);
  if (ts.isElementAccessExpression(target)) written(fieldOf(target.expression), target);
};

/** @param {ts.CallExpression} call */
const called = (call) => {
  const { expression: callee } = call;
  if (!ts.isPropertyAccessExpression(callee)) return;
  if (callee.expression.getText() === "Object" && callee.name.text === "assign") {
    const [target, ...sources] = call.arguments;
    const type = checker.getTypeAtLocation(target);
    for (const source of sources) for (const { name } of checker.getTypeAtLocation(source).getProperties()) written(type.getProperty(name), target);
  } else if (CHANGES.has(callee.name.text)) {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(callee.expression));
    if (COLLECTIONS.has(type.symbol?.name)) written(fieldOf(callee.expression), callee);
  }
};

/** @param {ts.SyntaxKind} kind */
const isAssignment = (kind) => kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** @param {ts.Node} node */
const visit = (node) => {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) assigned(node.left);
  else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) assigned(node.operand);
  } else if (ts.isDeleteExpression(node)) assigned(node.expression);
  else if (ts.isCallExpression(node)) called(node);
  ts.forEachChild(node, visit);
};

for (const file of program.getSourceFiles()) if (file.fileName.startsWith(root + sep)) visit(file);
console.log(JSON.stringify(found));
