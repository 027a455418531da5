// Ajv, as standalone code: it compiles JSON Schema to JavaScript ahead of time, as we do.
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";

/** Stops at the first issue. */
export const ajv = peer("ajv standalone", false);
/** Reports all issues. */
export const ajvAllErrors = peer("ajv standalone, allErrors", true);

/** @returns {import("./index.js").Peer} */
function peer(name, allErrors) {
  return {
    name,
    package: "ajv",
    source({ definitions, targets }) {
      const ajv = new Ajv({
        allErrors,
        discriminator: true,
        strict: true,
        strictRequired: false,
        strictTypes: false,
        code: { source: true, esm: true, optimize: true },
      });
      for (const [name, shape] of definitions) ajv.addSchema(schemaOf(shape), `type:${name}`);
      for (const [id, shape] of targets) ajv.addSchema(schemaOf(shape), `target:${id}`);
      const ids = [...targets.keys()];
      const code = standalone.default(ajv, Object.fromEntries(ids.map((id) => [`ajv_${id}`, `target:${id}`])));
      const exported = ids.map(
        (id) =>
          `export const ${id} = { accepts: ajv_${id}, report: (value) => (ajv_${id}(value) ? 0 : ajv_${id}.errors.length) };`,
      );
      return `${code.replace(/^"use strict";/, "")}\n${exported.join("\n")}\n`;
    },
  };
}

/** @param {import("../shapes.js").Shape} shape */
function schemaOf(shape) {
  switch (shape.kind) {
    case "any":
      return {};
    case "integer":
      return { type: "integer", minimum: shape.minimum, maximum: shape.maximum };
    case "literal":
      return shape.values.length === 1 ? { const: shape.values[0] } : { enum: shape.values };
    case "list":
      return { type: "array", items: schemaOf(shape.element) };
    case "choice":
      return { anyOf: shape.options.map(schemaOf) };
    case "ref":
      return { $ref: `type:${shape.name}` };
    case "object":
      return object(shape.members);
    case "union":
      return {
        ...object(shape.members),
        required: [...object(shape.members).required, shape.tag],
        discriminator: { propertyName: shape.tag },
        oneOf: shape.branches.map((branch) => schemaOf(withoutCommon(branch, shape))),
      };
    default:
      return { type: shape.kind };
  }
}

function object(members) {
  return {
    type: "object",
    properties: Object.fromEntries(members.map(({ name, shape }) => [name, schemaOf(shape)])),
    required: members.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}

/** A branch without the members that its union has for all branches. */
function withoutCommon(branch, { members: common }) {
  const members = branch.members.filter((member) => !common.includes(member));
  if (branch.kind === "object") return { ...branch, members };
  return { ...branch, members, branches: branch.branches.map((inner) => withoutCommon(inner, { members: common })) };
}
