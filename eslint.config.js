import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The way the data goes: a folder may import from itself, from those before it and from files directly in src/; and
 * which of the modules that touch the outside world it may use.
 */
const PHASES = ["syntax", "schema", "emit", "emitters", "build", "config", "bundler", "cli"];

/** Who uses generated code imports it; so does the command line, but nothing that compiles. */
const NO_RUNTIME = { regex: "^(\\.\\./)*(\\./)?runtime/", message: "Only cli/ imports runtime/." };

/** Where the runtime knows of Node. Everything else of it runs anywhere. */
const ON_NODE = ["src/runtime/transport/**", "src/runtime/qmp.ts"];

/** What a phase may import although it stands to the right, since it is data that both share. */
const SHARED = { syntax: ["schema/condition"] };

/** What else a phase may not import. */
const BEYOND = {
  // They show that the interface is enough for emitters of others.
  emitters: [
    {
      regex: "^(\\.\\./)+(?!emit/index\\.js$|schema/schema\\.js$)\\w+/",
      message: "Emitters know the model (schema/schema.js) and the interface of emitters (emit/index.js).",
    },
  ],
  cli: [{ regex: "^(\\.\\./)+bundler/", message: "Bundlers load bundler/, nobody else." }],
};

/** @type {import("eslint").Linter.Config[]} */
const importDirections = PHASES.map((phase, index) => {
  const forbidden = PHASES.slice(index + 1).map((later) => {
    const allowed = (SHARED[phase] ?? []).filter((path) => path.startsWith(`${later}/`));
    const except = allowed.map((path) => `(?!${path.slice(later.length + 1)}\\.js$)`).join("");
    return { regex: `^(\\.\\./)+${later}/${except}`, message: `Imports point left: ${PHASES.join(" -> ")}.` };
  });
  const patterns = [...forbidden, ...(BEYOND[phase] ?? []), ...(phase === "cli" ? [] : [NO_RUNTIME])];
  return {
    files: [`src/${phase}/**`],
    rules: { "no-restricted-imports": ["error", restrictedImports(phase, patterns)] },
  };
});

function restrictedImports(phase, patterns) {
  const disk = "Only build/ writes to the disk.";
  const fileSystem = ["node:fs", "node:fs/promises", "fs", "fs/promises"];
  if (phase === "build" || phase === "config") return { patterns };
  if (phase === "cli" || phase === "bundler")
    return {
      paths: fileSystem.map((name) => ({
        name,
        allowImportNames: ["existsSync", "fstatSync", "readFileSync", "statSync", "writeSync"],
        message: disk,
      })),
      patterns,
    };
  return { patterns: [...patterns, { regex: "^node:", message: `${disk} Phases before it run anywhere.` }] };
}

/** @type {import("eslint").Linter.Config[]} */
const runtimeAlone = ["src/runtime/*.ts", "src/runtime/*/**"].flatMap((files, depth) => {
  const outside = {
    regex: `^(\\.\\./){${depth + 1}}`,
    message: "The runtime is a world of its own: it imports nothing of other folders.",
  };
  const node = { regex: "^node:|^(\\.\\./|\\./)transport/", message: "Only transports know of Node." };
  return [
    { files: [files], rules: { "no-restricted-imports": ["error", { patterns: [outside] }] } },
    {
      files: [files],
      ignores: ON_NODE,
      rules: {
        "no-restricted-imports": ["error", { patterns: [outside, node] }],
        "no-restricted-globals": ["error", "Buffer", "process", "global", "setImmediate", "require"],
      },
    },
  ];
});

/**
 * Domain events know the client, and nothing else; they run where it runs.
 *
 * @type {import("eslint").Linter.Config}
 */
const domainEvents = {
  files: ["src/domain-events/**"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: "^\\.\\./(?!runtime/(?!transport/|server/))",
            message: "Domain events import the client, and nothing else.",
          },
          { regex: "^node:", message: "Only transports know of Node." },
        ],
      },
    ],
    "no-restricted-globals": ["error", "Buffer", "process", "global", "setImmediate", "require"],
  },
};

export default defineConfig(
  globalIgnores([
    "dist/",
    "out/",
    "coverage/",
    "generated/",
    "demo-output/",
    "docs/.vitepress/{cache,dist}/",
    "docs/public/api/",
    "src/syntax/{grammar,condition-grammar}.js",
  ]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // An explicit type where tsc's isolatedDeclarations wants one is no repetition.
      "@typescript-eslint/no-inferrable-types": "off",
      // `while (true)` is the plain way to write a loop that ends in its middle.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // `return report(...)` says "report, and that was it", also where something else is returned otherwise.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-unused-expressions": ["error", { allowTaggedTemplates: true }],
      // Schema text is untrusted: looking for control characters is what some code is for.
      "no-control-regex": "off",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/cli/**"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        ...["stdin", "stdout", "stderr", "argv", "env", "exit", "exitCode"].map((property) => ({
          object: "process",
          property,
          message: "Only cli/ knows of the terminal.",
        })),
      ],
    },
  },
  { files: ["src/*.ts"], rules: { "no-restricted-imports": ["error", restrictedImports("", [NO_RUNTIME])] } },
  ...importDirections,
  ...runtimeAlone,
  domainEvents,
  {
    files: ["**/*.js"],
    languageOptions: {
      globals: {
        AbortController: "readonly",
        console: "readonly",
        process: "readonly",
        performance: "readonly",
        URL: "readonly",
      },
    },
  },
);
