// What values look like, in the little that all libraries of validators can say: made from the model of a schema.
//
// It has the tolerant meaning, in which a client takes what it receives: other members may be there, any string may stand
// where an enum is, and what a build may lack is optional. 64-bit integers are numbers here, as long as they are exact.

/**
 * The shape of a value. `values` are the strings that an enum knows, for those who make values; all others pass as well.
 *
 * @typedef {{ readonly kind: "boolean" | "null" | "any" | "number" }
 *   | { readonly kind: "string", readonly values?: readonly string[] }
 *   | { readonly kind: "integer", readonly minimum: number, readonly maximum: number }
 *   | { readonly kind: "literal", readonly values: readonly string[] }
 *   | { readonly kind: "list", readonly element: Shape }
 *   | { readonly kind: "choice", readonly options: readonly Shape[] }
 *   | { readonly kind: "ref", readonly name: string }
 *   | ObjectShape
 *   | UnionShape} Shape
 */
/**
 * @typedef {{ readonly name: string, readonly optional: boolean, readonly shape: Shape }} MemberShape
 * @typedef {{ readonly kind: "object", readonly members: readonly MemberShape[] }} ObjectShape
 */
/**
 * One of several objects, told apart by the strings that the member `tag` has in them. `members` are those that all have.
 *
 * @typedef {{ readonly kind: "union", readonly tag: string, readonly members: readonly MemberShape[],
 *   readonly branches: readonly (ObjectShape | UnionShape)[] }} UnionShape
 */
/**
 * What to validate: `targets` by identifier. A definition refers to those before it, and where types are recursive to later ones.
 *
 * @typedef {{ readonly definitions: ReadonlyMap<string, Shape>, readonly targets: ReadonlyMap<string, Shape> }} Shapes
 */

const SAFE = Number.MAX_SAFE_INTEGER;
const INTEGERS = {
  int: [-SAFE, SAFE],
  int8: [-0x80, 0x7f],
  int16: [-0x8000, 0x7fff],
  int32: [-0x80000000, 0x7fffffff],
  int64: [-SAFE, SAFE],
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  uint32: [0, 0xffffffff],
  uint64: [0, SAFE],
  size: [0, SAFE],
};
/** @satisfies {Readonly<Record<string, Shape>>} */
const OTHERS = /** @type {const} */ ({
  str: { kind: "string" },
  QType: { kind: "string" },
  bool: { kind: "boolean" },
  number: { kind: "number" },
  any: { kind: "any" },
  null: { kind: "null" },
});

/**
 * The shapes of the three values that speed is measured with.
 *
 * @param {import("../../dist/index.js").Schema} model
 * @param {readonly import("./cases.js").Case[]} cases
 * @returns {Shapes}
 */
export function shapesOfCases(model, cases) {
  const shapes = new Collector();
  for (const { id, name } of cases) {
    const node = model.byName.get(name);
    if (node?.kind === "event") shapes.targets.set(id, shapes.event(node));
    else if (node?.kind === "command" && node.returns !== undefined) shapes.targets.set(id, shapes.of(node.returns));
    else throw new Error(`the schema has no ${name}: give one that has it with --schema, or none`);
  }
  return shapes;
}

/**
 * The shapes of all types, events, arguments and results.
 *
 * @param {import("../../dist/index.js").Schema} model
 * @returns {Shapes}
 */
export function shapesOfAll(model) {
  const shapes = new Collector();
  const add = (shape) => shapes.targets.set(`t${shapes.targets.size}`, shape);
  for (const type of [...model.enums, ...model.structs, ...model.unions, ...model.alternates]) add(shapes.of(type));
  for (const event of model.events) add(shapes.event(event));
  for (const command of model.commands) {
    add(command.arguments === undefined ? { kind: "object", members: [] } : shapes.objectType(command.arguments));
    add(command.returns === undefined ? { kind: "object", members: [] } : shapes.of(command.returns));
  }
  return shapes;
}

class Collector {
  /** @type {Map<string, Shape>} */
  definitions = new Map();
  /** @type {Map<string, Shape>} */
  targets = new Map();
  #begun = new Set();

  /** @returns {Shape} */
  of(type) {
    switch (type.kind) {
      case "builtin": {
        const range = INTEGERS[type.name];
        return range === undefined ? OTHERS[type.name] : { kind: "integer", minimum: range[0], maximum: range[1] };
      }
      case "list":
        return { kind: "list", element: this.of(type.element) };
      case "enum":
        return { kind: "string", values: type.values.map((value) => value.name) };
      default:
        return this.#definition(type);
    }
  }

  /** @returns {Shape} */
  #definition(type) {
    if (!this.#begun.has(type.name)) {
      this.#begun.add(type.name);
      this.definitions.set(type.name, this.#shape(type));
    }
    return { kind: "ref", name: type.name };
  }

  /** @returns {Shape} */
  #shape(type) {
    if (type.kind !== "alternate") return this.#object(type);
    return { kind: "choice", options: type.alternatives.map((alternative) => this.of(alternative.type)) };
  }

  /** @returns {Shape} */
  objectType(type) {
    return type.kind === "anonymous" ? this.#object(type) : this.of(type);
  }

  /**
   * @param {import("../../dist/index.js").Event} event
   * @returns {ObjectShape}
   */
  event({ name, arguments: data }) {
    /** @type {Shape} */
    const integer = { kind: "integer", minimum: -SAFE, maximum: SAFE };
    const part = (name, shape) => ({ name, optional: false, shape });
    const timestamp = { kind: "object", members: [part("seconds", integer), part("microseconds", integer)] };
    const members = [part("event", { kind: "literal", values: [name] })];
    if (data !== undefined) members.push(part("data", this.objectType(data)));
    return { kind: "object", members: [...members, part("timestamp", timestamp)] };
  }

  /**
   * Members of an object type, those of a branch's union among them.
   *
   * @param {readonly MemberShape[]} outer - Those of the union that the type is a branch of.
   * @returns {ObjectShape | UnionShape}
   */
  #object(type, outer = []) {
    if (type.kind !== "union") return { kind: "object", members: [...outer, ...this.#members(type.allMembers)] };
    const tag = type.discriminator.name;
    const common = [...outer, ...this.#members(type.allMembers.filter(({ name }) => name !== tag))];
    /** @type {(ObjectShape | UnionShape)[]} */
    const branches = [];
    const empty = [];
    const tagged = (values) => [{ name: tag, optional: false, shape: { kind: "literal", values } }, ...common];
    for (const branch of type.branches) {
      if (branch.type === undefined) empty.push(branch.name);
      else branches.push(this.#object(branch.type, tagged([branch.name])));
    }
    if (empty.length > 0) branches.push({ kind: "object", members: tagged(empty) });
    return { kind: "union", tag, members: common, branches };
  }

  #members(members) {
    return members.map(({ name, optional, if: condition, type }) => ({
      name,
      optional: optional || condition !== undefined,
      shape: this.of(type),
    }));
  }
}
