// TypeBox, which compiles its schemas when it is told to, at run time.
import { identifiers } from "./print.js";

/** @type {import("./index.js").Peer} */
export const typebox = {
  name: "TypeBox, compiled",
  package: "typebox",
  source({ definitions, targets }) {
    const names = identifiers(definitions);
    const lines = ['import { Type } from "typebox";', 'import { Compile } from "typebox/compile";', "const types = {"];
    for (const [name, shape] of definitions) lines.push(`  ${names.get(name)}: ${print(shape)},`);
    lines.push("};");
    for (const [id, shape] of targets) {
      lines.push(`const typebox_${id} = Compile(types, ${print(shape)});`);
      lines.push(`export const ${id} = {
        accepts: (value) => typebox_${id}.Check(value),
        report: (value) => typebox_${id}.Errors(value).length,
      };`);
    }
    return lines.join("\n");

    /** @param {import("../shapes.js").Shape} shape */
    function print(shape) {
      switch (shape.kind) {
        case "any":
          return "Type.Unknown()";
        case "integer":
          return `Type.Integer({ minimum: ${shape.minimum}, maximum: ${shape.maximum} })`;
        case "literal":
          return shape.values.length === 1
            ? `Type.Literal(${JSON.stringify(shape.values[0])})`
            : `Type.Enum(${JSON.stringify(shape.values)})`;
        case "list":
          return `Type.Array(${print(shape.element)})`;
        case "choice":
          return `Type.Union([${shape.options.map(print).join(", ")}])`;
        case "ref":
          return `Type.Ref(${JSON.stringify(names.get(shape.name))})`;
        case "object":
          return `Type.Object({ ${shape.members.map(property).join(", ")} })`;
        case "union":
          return `Type.Union([${shape.branches.map(print).join(", ")}])`;
        default:
          return `Type.${shape.kind.charAt(0).toUpperCase()}${shape.kind.slice(1)}()`;
      }
    }

    function property({ name, optional, shape }) {
      return `${JSON.stringify(name)}: ${optional ? `Type.Optional(${print(shape)})` : print(shape)}`;
    }
  },
};
