import { describe, expect, it } from "vitest";
import { addPlugin } from "../../src/config/init/bundler-edit.js";
import { addToManifest } from "../../src/config/init/manifest-edit.js";

const VITE = "qapi-codegen/vite";
const WEBPACK = "qapi-codegen/webpack";

/** What becomes of a configuration; it stays as it is when that is done to it again. */
function added(text: string, file = "vite.config.ts", plugin = VITE): string {
  const edited = addPlugin(text, file, plugin);
  if (!("text" in edited)) throw new Error(edited.problem);
  expect(addPlugin(edited.text, file, plugin)).toEqual({ text: edited.text });
  return edited.text;
}

describe("the plugin is added to", () => {
  it.each<readonly [what: string, before: string, after: string]>([
    [
      "an object in a call",
      `import { defineConfig } from "vite";\n\nexport default defineConfig({\n  plugins: [react(), vue()],\n});\n`,
      `import { defineConfig } from "vite";\nimport qapi from "qapi-codegen/vite";\n\nexport default defineConfig({\n  plugins: [qapi(), react(), vue()],\n});\n`,
    ],
    [
      "a list with a line for each",
      `import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\n\n// https://vite.dev\nexport default defineConfig({\n\tplugins: [\n\t\treact(), // first\n\t\tvue(),\n\t],\n})\n`,
      `import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\nimport qapi from 'qapi-codegen/vite'\n\n// https://vite.dev\nexport default defineConfig({\n\tplugins: [\n\t\tqapi(),\n\t\treact(), // first\n\t\tvue(),\n\t],\n})\n`,
    ],
    [
      "an object without plugins",
      `export default {\n  base: "/a/",\n};\n`,
      `import qapi from "qapi-codegen/vite";\n\nexport default {\n  plugins: [qapi()],\n  base: "/a/",\n};\n`,
    ],
    [
      "an empty object",
      `export default {};\n`,
      `import qapi from "qapi-codegen/vite";\n\nexport default { plugins: [qapi()] };\n`,
    ],
    [
      "an empty list",
      `export default { plugins: [] };\n`,
      `import qapi from "qapi-codegen/vite";\n\nexport default { plugins: [qapi()] };\n`,
    ],
    [
      "an object in a line",
      `export default { base: "/" };\n`,
      `import qapi from "qapi-codegen/vite";\n\nexport default { plugins: [qapi()], base: "/" };\n`,
    ],
    [
      "a function",
      `export default defineConfig(({ mode }) => {\n  const a = mode;\n  return { a, plugins: [vue()] };\n});\n`,
      `import qapi from "qapi-codegen/vite";\n\nexport default defineConfig(({ mode }) => {\n  const a = mode;\n  return { a, plugins: [qapi(), vue()] };\n});\n`,
    ],
    [
      "an arrow's object",
      `export default defineConfig(async () => ({ plugins: [vue()] }));\n`,
      `import qapi from "qapi-codegen/vite";\n\nexport default defineConfig(async () => ({ plugins: [qapi(), vue()] }));\n`,
    ],
    [
      "variables, with their types",
      `import type { UserConfig } from "vite";\nconst plugins = [vue()];\nconst config = { plugins } satisfies UserConfig;\nexport default config as UserConfig;\n`,
      `import type { UserConfig } from "vite";\nimport qapi from "qapi-codegen/vite";\nconst plugins = [qapi(), vue()];\nconst config = { plugins } satisfies UserConfig;\nexport default config as UserConfig;\n`,
    ],
    [
      "what comes behind a line for the shell",
      `#!/usr/bin/env node\nexport default {};\n`,
      `#!/usr/bin/env node\nimport qapi from "qapi-codegen/vite";\n\nexport default { plugins: [qapi()] };\n`,
    ],
  ])("%s", (_, before, after) => {
    expect(added(before)).toBe(after);
  });

  it.each<readonly [what: string, before: string, after: string]>([
    [
      "module.exports",
      `"use strict";\nconst path = require("path");\n\nmodule.exports = {\n  entry: "./a.js",\n  plugins: [new HtmlPlugin()],\n};\n`,
      `"use strict";\nconst path = require("path");\nconst { default: qapi } = require("qapi-codegen/webpack");\n\nmodule.exports = {\n  entry: "./a.js",\n  plugins: [qapi(), new HtmlPlugin()],\n};\n`,
    ],
    [
      "a function that is exported",
      `'use strict'\nmodule.exports = (env, argv) => {\n  return { entry: "./a.js" };\n};\n`,
      `'use strict'\nconst { default: qapi } = require("qapi-codegen/webpack");\nmodule.exports = (env, argv) => {\n  return { plugins: [qapi()], entry: "./a.js" };\n};\n`,
    ],
  ])("%s of CommonJS", (_, before, after) => {
    expect(added(before, "webpack.config.js", WEBPACK)).toBe(after);
  });
});

describe("a configuration is left to people", () => {
  it.each([
    ["export default defineConfig({ plugins: [a()].concat(b) });", "its 'plugins' are no list that could be found"],
    ["export default { plugins: plugins() };", "its 'plugins' are no list that could be found"],
    ["export default { ...base, get plugins() { return []; } };", "its 'plugins' are no list that could be found"],
    ["export default [{}, {}];", "what it exports is no object that could be found"],
    ["export default withDefaults({});", "what it exports is no object that could be found"],
    ["import config from './other.js';\nexport default config;", "what it exports is no object that could be found"],
    ["export default () => { if (a) return {}; return { b }; };", "what it exports is no object that could be found"],
    ["const a = b;\nconst b = a;\nexport default a;", "what it exports is no object that could be found"],
    ["export const config = {};", "it exports nothing that is understood"],
    ["export default {", "it has a mistake"],
    ["", "it exports nothing that is understood"],
  ])("%j", (text, problem) => {
    expect(addPlugin(text, "vite.config.js", VITE)).toEqual({ problem });
  });
});

describe("package.json", () => {
  const SCRIPT = { object: "scripts", key: "qapi", value: "qapi-codegen" };

  it.each([
    [
      '{\n  "scripts": {\n    "build": "tsc"\n  },\n  "files": ["dist"]\n}\n',
      '{\n  "scripts": {\n    "build": "tsc",\n    "qapi": "qapi-codegen"\n  },\n  "files": ["dist"]\n}\n',
    ],
    ['{\n\t"scripts": {}\n}', '{\n\t"scripts": {\n\t\t"qapi": "qapi-codegen"\n\t}\n}'],
    ['{\n    "name": "a"\n}\n', '{\n    "name": "a",\n    "scripts": {\n        "qapi": "qapi-codegen"\n    }\n}\n'],
    ["{}\n", '{\n  "scripts": {\n    "qapi": "qapi-codegen"\n  }\n}\n'],
    ['{ "scripts": { "a": "b" } }', '{ "scripts": { "a": "b", "qapi": "qapi-codegen" } }'],
    [
      '{\r\n  "scripts": {\r\n    "a": "b"\r\n  }\r\n}\r\n',
      '{\r\n  "scripts": {\r\n    "a": "b",\r\n    "qapi": "qapi-codegen"\r\n  }\r\n}\r\n',
    ],
    ['{ "scripts": { "qapi": "mine" } }', '{ "scripts": { "qapi": "mine" } }'],
    ['{ "scripts": null }', '{ "scripts": null }'],
    ["[]", "[]"],
  ])("keeps its form: %j", (before, after) => {
    expect(addToManifest(before, [SCRIPT])).toBe(after);
    expect(addToManifest(after, [SCRIPT])).toBe(after);
  });
});
