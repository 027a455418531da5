// ArkType, which compiles its types when they are made, at run time.
import { identifiers } from "./print.js";

/** @type {import("./index.js").Peer} */
export const arktype = {
  name: "ArkType",
  package: "arktype",
  source({ definitions, targets }) {
    const names = identifiers(definitions);
    const lines = ['import { scope, type } from "arktype";', "const types = scope({"];
    for (const [name, shape] of definitions) lines.push(`  ${names.get(name)}: ${print(shape)},`);
    for (const [id, shape] of targets) lines.push(`  arktype_${id}: ${print(shape)},`);
    lines.push("}).export();");
    for (const id of targets.keys()) {
      lines.push(`const arktype_${id} = types.arktype_${id};`);
      lines.push(`export const ${id} = {
        accepts: (value) => arktype_${id}.allows(value),
        report: (value) => { const result = arktype_${id}(value); return result instanceof type.errors ? result.length : 0; },
      };`);
    }
    return lines.join("\n");

    /** @param {import("../shapes.js").Shape} shape */
    function print(shape) {
      switch (shape.kind) {
        case "any":
          return '"unknown"';
        case "integer":
          return `"${shape.minimum} <= number.integer <= ${shape.maximum}"`;
        case "literal":
          return `"${shape.values.map((value) => `'${value}'`).join(" | ")}"`;
        case "list":
          return `[${print(shape.element)}, "[]"]`;
        case "choice":
          return oneOf(shape.options);
        case "ref":
          return `"${names.get(shape.name)}"`;
        case "object":
          return `{ ${shape.members.map(property).join(", ")} }`;
        case "union":
          return oneOf(shape.branches);
        default:
          return `"${shape.kind}"`;
      }
    }

    /** @param {readonly import("../shapes.js").Shape[]} shapes */
    function oneOf(shapes) {
      return shapes.map(print).reduce((all, shape) => `[${all}, "|", ${shape}]`);
    }

    function property({ name, optional, shape }) {
      return `${JSON.stringify(optional ? `${name}?` : name)}: ${print(shape)}`;
    }
  },
};
