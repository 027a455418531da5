// typia, which compiles TypeScript types to JavaScript ahead of time. Its last major version that works with TypeScript 5.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { identifiers } from "./print.js";

const DIRECTORY = fileURLToPath(new URL("..", import.meta.url));

/** @type {import("./index.js").Peer} */
export const typia = {
  name: "typia",
  package: "typia",
  directory: DIRECTORY,
  source(shapes) {
    return compile(typescriptOf(shapes));
  },
};

function typescriptOf({ definitions, targets }) {
  const names = identifiers(definitions);
  const lines = ['import typia, { type tags } from "typia";'];
  for (const [name, shape] of definitions) lines.push(`type ${names.get(name)} = ${print(shape)};`);
  for (const [id, shape] of targets) {
    lines.push(`type Target_${id} = ${print(shape)};`);
    lines.push(`const is_${id} = typia.createIs<Target_${id}>();`);
    lines.push(`const validate_${id} = typia.createValidate<Target_${id}>();`);
    lines.push(`export const ${id} = {
      accepts: is_${id},
      report: (value: unknown) => { const result = validate_${id}(value); return result.success ? 0 : result.errors.length; },
    };`);
  }
  return lines.join("\n");

  /** @param {import("../shapes.js").Shape} shape */
  function print(shape) {
    switch (shape.kind) {
      case "any":
        return "unknown";
      case "integer":
        return `(number & tags.Type<"int64"> & tags.Minimum<${shape.minimum}> & tags.Maximum<${shape.maximum}>)`;
      case "literal":
        return `(${shape.values.map((value) => JSON.stringify(value)).join(" | ")})`;
      case "list":
        return `${print(shape.element)}[]`;
      case "choice":
        return `(${shape.options.map(print).join(" | ")})`;
      case "ref":
        return names.get(shape.name);
      case "object":
        return `{ ${shape.members.map(property).join("; ")} }`;
      case "union":
        return `(${shape.branches.map(print).join(" | ")})`;
      default:
        return shape.kind;
    }
  }

  function property({ name, optional, shape }) {
    return `${JSON.stringify(name)}${optional ? "?" : ""}: ${print(shape)}`;
  }
}

/** What typia makes of a module, compiled in memory. */
function compile(text) {
  // Not called `require`, for which TypeScript would look for what is installed on first use only.
  const load = createRequire(`${DIRECTORY}package.json`);
  const ts = load("typescript");
  const { default: transform } = load("typia/lib/transform");
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    types: [],
  };
  const path = `${DIRECTORY}in-memory.ts`.replaceAll("\\", "/");
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const source = ts.createSourceFile(path, text, options.target, true);
  host.getSourceFile = (name, ...rest) => (name === path ? source : getSourceFile(name, ...rest));
  host.fileExists = (name) => name === path || fileExists(name);
  const program = ts.createProgram([path], options, host);
  const problems = [...ts.getPreEmitDiagnostics(program)];
  const transformer = transform(program, { finite: true }, { addDiagnostic: (problem) => problems.push(problem) });
  let code = "";
  program.emit(source, (_, written) => (code = written), undefined, false, { before: [transformer] });
  const [problem] = problems;
  if (problem !== undefined) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
  return code;
}
