// What the JavaScript linter holds: mistakes, not taste.
import globals from "globals";
import js from "@eslint/js";

export default [
  { ignores: [".web/**", ".web-sites/**", "build/**", ".venv/**", "node_modules/**", "docs/**", "assets/external/**"] },
  js.configs.recommended,
  {
    files: ["custom_components/**/*.js", "tests/**/*.js", "benchmarks/**/*.{js,mjs}", "eslint.config.js"],
    languageOptions: {
      ecmaVersion: 2025,
      sourceType: "module",
      globals: { ...globals.browser, ...globals.worker, ...globals.sharedWorker },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "smart"],
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
      "no-promise-executor-return": "off",
      "no-await-in-loop": "off",
      "no-implicit-coercion": "off",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-unmodified-loop-condition": "error",
      "require-atomic-updates": "off",
      // What went wrong may be told to whoever looks; nothing else is printed.
      "no-console": ["error", { allow: ["info", "warn", "error"] }],
    },
  },
  { files: ["custom_components/reflex_smartupload/sw*.js"], languageOptions: { sourceType: "script", globals: globals.serviceworker } },
  // The in-memory twins run in node, too.
  { files: ["**/io/twins/*.js"], languageOptions: { globals: globals.node } },
  { files: ["tests/**/*.js", "benchmarks/**/*.mjs"], languageOptions: { globals: globals.node }, rules: { "no-console": "off" } },
];
