// Zod 4, which compiles objects when they are used first. It builds a copy of what it accepts, without unknown members.
import { identifiers } from "./print.js";

/** @type {import("./index.js").Peer} */
export const zod = {
  name: "Zod",
  package: "zod",
  source({ definitions, targets }) {
    const names = identifiers(definitions);
    const ready = new Set();
    const lines = ['import * as z from "zod";'];
    for (const [name, shape] of definitions) {
      lines.push(`const ${names.get(name)} = ${print(shape)};`);
      ready.add(name);
    }
    for (const [id, shape] of targets) {
      lines.push(`const zod_${id} = ${print(shape)};`);
      lines.push(`export const ${id} = {
        accepts: (value) => zod_${id}.safeParse(value).success,
        report: (value) => zod_${id}.safeParse(value).error?.issues.length ?? 0,
      };`);
    }
    return lines.join("\n");

    /** @param {import("../shapes.js").Shape} shape */
    function print(shape) {
      switch (shape.kind) {
        case "any":
          return "z.unknown()";
        case "integer":
          return `z.int().min(${shape.minimum}).max(${shape.maximum})`;
        case "literal":
          return `z.literal(${JSON.stringify(shape.values)})`;
        case "list":
          return `z.array(${print(shape.element)})`;
        case "choice":
          return `z.union([${shape.options.map(print).join(", ")}])`;
        case "ref":
          return ready.has(shape.name) ? names.get(shape.name) : `z.lazy(() => ${names.get(shape.name)})`;
        case "object":
          return `z.object({ ${shape.members.map(property).join(", ")} })`;
        case "union":
          return `z.discriminatedUnion(${JSON.stringify(shape.tag)}, [${shape.branches.map(print).join(", ")}])`;
        default:
          return `z.${shape.kind}()`;
      }
    }

    function property({ name, optional, shape }) {
      const key = JSON.stringify(name);
      const end = optional ? ".optional()" : "";
      // A getter is how Zod has recursive types.
      if (shape.kind === "ref" && !ready.has(shape.name)) {
        return `get ${key}() { return ${names.get(shape.name)}${end}; }`;
      }
      return `${key}: ${print(shape)}${end}`;
    }
  },
};
