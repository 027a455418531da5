// Values of a shape, made up from a seed: right ones, and the same ones with one bad leaf.

/** So many different events are validated in turn: one alone, again and again, is nothing that happens. */
const EVENTS = 32;
/** Optional members are there with this probability: objects less often, since they have members in their turn. */
const PRESENT = { scalar: 0.6, object: 0.35 };
/** Deeper than this, optional objects are left out and lists are empty. */
const DEPTH = 8;
const LIST_LIMIT = 8;
const WORDS =
  "virtio scsi blk net drive node disk image host guest port backup mirror stream cache file qcow2 nvme channel bus monitor".split(
    " ",
  );

/**
 * The values of a case, as JSON: `accepted`, a list of right ones; `bad`, the same with one bad leaf, deep inside and near the
 * end; `newer`, the same with members and values of enums that no schema knows, which are right as well. `bytes` is what a
 * right one has.
 *
 * @param {import("./cases.js").Case} wanted
 * @param {import("./shapes.js").Shapes} shapes
 */
export function payload({ id, bytes }, shapes) {
  const shape = shapes.targets.get(id);
  const isList = shape?.kind === "list";
  const values = new Values(shapes.definitions, 20_260_101 + bytes);
  const accepted = [];
  const bad = [];
  const newer = [];
  for (let i = 0; i < (isList ? 1 : EVENTS); i++) {
    values.leaves.length = 0;
    const value = isList ? values.listOf(shape, bytes) : values.of(shape, 0);
    accepted.push(JSON.stringify(value));
    const restore = spoil(values.leaves);
    bad.push(JSON.stringify(value));
    restore();
    renew(values.leaves);
    newer.push(JSON.stringify(value));
  }
  const json = `{"accepted":[${accepted.join()}],"bad":[${bad.join()}],"newer":[${newer.join()}]}`;
  return { bytes: accepted.join("").length / accepted.length, json };
}

/** Makes one of the last leaves wrong, the deepest of them. What it returns undoes that. */
function spoil(leaves) {
  const last = leaves.slice(-Math.max(3, Math.floor(leaves.length / 20)));
  const { holder, key } = last.reduce((deepest, leaf) => (leaf.depth >= deepest.depth ? leaf : deepest));
  const right = holder[key];
  holder[key] = typeof right === "string" ? 7 : "seven";
  return () => (holder[key] = right);
}

/** Makes values those of a newer QEMU. */
function renew(leaves) {
  for (const { holder, key, isEnum } of leaves) {
    if (isEnum) holder[key] = "from-a-newer-one";
    if (!Array.isArray(holder)) holder["x-newer"] = { key };
  }
}

class Values {
  /** Strings, numbers and booleans that no other type would do for, and where they are. */
  leaves = [];
  #definitions;
  #state;

  constructor(definitions, seed) {
    this.#definitions = definitions;
    this.#state = seed;
  }

  listOf({ element }, bytes) {
    const list = [];
    for (let size = 0; size < bytes; size += JSON.stringify(list.at(-1)).length + 1) {
      this.#put(list, list.length, element, 1);
    }
    return list;
  }

  of(shape, depth) {
    switch (shape.kind) {
      case "string":
        return shape.values === undefined ? this.#text() : this.#pick(shape.values);
      case "boolean":
        return this.#chance(0.5);
      case "null":
        return null;
      case "any":
        return this.#pick([null, false, 0, "default"]);
      case "number":
        return Math.round(this.#random() * 1e6) / 1e3;
      case "integer":
        return Math.min(shape.maximum, Math.floor(2 ** (this.#random() * 45)));
      case "literal":
        return this.#pick(shape.values);
      case "choice":
        return this.of(this.#pick(shape.options), depth);
      case "ref":
        return this.of(this.#definitions.get(shape.name), depth);
      case "list": {
        const list = [];
        const length = depth > DEPTH ? 0 : this.#below(LIST_LIMIT + 1);
        for (let i = 0; i < length; i++) this.#put(list, i, shape.element, depth + 1);
        return list;
      }
      case "union":
        return this.of(this.#pick(shape.branches), depth);
      default: {
        const object = {};
        for (const { name, optional, shape: part } of shape.members) {
          if (!optional || this.#isPresent(part, depth)) this.#put(object, name, part, depth + 1);
        }
        return object;
      }
    }
  }

  #put(holder, key, shape, depth) {
    holder[key] = this.of(shape, depth);
    if (["string", "boolean", "number", "integer"].includes(shape.kind)) {
      this.leaves.push({ holder, key, depth, isEnum: shape.values !== undefined });
    }
  }

  #isPresent({ kind }, depth) {
    if (kind !== "ref" && kind !== "list" && kind !== "object") return this.#chance(PRESENT.scalar);
    return depth <= DEPTH && this.#chance(PRESENT.object);
  }

  #text() {
    const words = [];
    for (let count = 1 + this.#below(3); count > 0; count--) words.push(this.#pick(WORDS));
    return `${words.join("-")}${this.#below(100)}`;
  }

  #pick(list) {
    return list[this.#below(list.length)];
  }

  #chance(probability) {
    return this.#random() < probability;
  }

  #below(limit) {
    return Math.floor(this.#random() * limit);
  }

  /** From 0 to less than 1, by mulberry32. */
  #random() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
