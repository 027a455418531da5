// Valibot, which interprets its schemas. It builds a copy of what it accepts, without unknown members.
import { identifiers } from "./print.js";

/** @type {import("./index.js").Peer} */
export const valibot = {
  name: "Valibot",
  package: "valibot",
  source({ definitions, targets }) {
    const names = identifiers(definitions);
    const ready = new Set();
    const lines = ['import * as v from "valibot";'];
    for (const [name, shape] of definitions) {
      lines.push(`const ${names.get(name)} = ${print(shape)};`);
      ready.add(name);
    }
    for (const [id, shape] of targets) {
      lines.push(`const valibot_${id} = ${print(shape)};`);
      lines.push(`export const ${id} = {
        accepts: (value) => v.is(valibot_${id}, value),
        report: (value) => v.safeParse(valibot_${id}, value).issues?.length ?? 0,
      };`);
    }
    return lines.join("\n");

    /** @param {import("../shapes.js").Shape} shape */
    function print(shape) {
      switch (shape.kind) {
        case "any":
          return "v.unknown()";
        case "null":
          return "v.null()";
        case "integer":
          return `v.pipe(v.number(), v.safeInteger(), v.minValue(${shape.minimum}), v.maxValue(${shape.maximum}))`;
        case "literal":
          return shape.values.length === 1
            ? `v.literal(${JSON.stringify(shape.values[0])})`
            : `v.picklist(${JSON.stringify(shape.values)})`;
        case "list":
          return `v.array(${print(shape.element)})`;
        case "choice":
          return `v.union([${shape.options.map(print).join(", ")}])`;
        case "ref":
          return ready.has(shape.name) ? names.get(shape.name) : `v.lazy(() => ${names.get(shape.name)})`;
        case "object":
          return `v.object({ ${shape.members.map(property).join(", ")} })`;
        case "union":
          return `v.variant(${JSON.stringify(shape.tag)}, [${shape.branches.map(print).join(", ")}])`;
        default:
          return `v.${shape.kind}()`;
      }
    }

    function property({ name, optional, shape }) {
      return `${JSON.stringify(name)}: ${optional ? `v.optional(${print(shape)})` : print(shape)}`;
    }
  },
};
