/**
 * Ways to an event: which signal accessor leads to it, and with what arguments.
 */
import { UnsupportedError } from "./errors.js";
import { parseJson, stringifyJson } from "./json.js";
import { isJsonObject, type JsonObject } from "./message.js";
import type { Schema, SchemaValidators } from "./schema.js";
import type { Shape } from "./shape.js";
import { connectCommand, disconnectCommand, implicitAccessor } from "./wire-signals.js";

/** A call of a signal accessor. */
export interface Route {
  /** The event that comes of it. */
  readonly event: string;
  readonly accessor: string;
  readonly args: object;
}

/**
 * What arguments are now, whatever becomes of them.
 *
 * @throws TypeError, or what a method `toJSON` throws, for what is no JSON.
 */
export function snapshotOf(args: object): JsonObject {
  const snapshot = parseJson(stringifyJson(args));
  if (!isJsonObject(snapshot)) throw new TypeError("the arguments of a signal accessor are an object");
  return snapshot;
}

/**
 * The way to the events whose data have some values: by the accessor that all events have, if nothing else is called so, or by the
 * declared one that takes most of the values. What is not asked of the server is to be looked at here.
 *
 * @param validators - Absent where they are not loaded: then declared accessors are taken to need all of their arguments.
 * @throws UnsupportedError when no accessor does with what there is.
 */
export function routeTo(
  event: string,
  values: object,
  schema: Schema,
  validators: SchemaValidators | undefined,
): Route {
  const implicit = implicitAccessor(event);
  const declared = schema.signals ?? new Map<string, never>();
  const commands = [connectCommand(implicit), disconnectCommand(implicit)];
  const isTaken = declared.has(implicit) || commands.some((name) => validators?.commands.has(name) === true);
  if (!isTaken) return { event, accessor: implicit, args: values };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const routes = [...declared]
    .filter(([name, accessor]) => {
      const needed = requiredOf(name, validators) ?? accessor.arguments;
      return accessor.event === event && needed.every((one) => given.some(([key]) => key === one));
    })
    .map(([accessor, { arguments: names }]) => {
      const args = Object.fromEntries(given.filter(([key]) => names.includes(key)));
      return { event, accessor, args };
    })
    .sort((a, b) => Object.keys(b.args).length - Object.keys(a.args).length);
  const [best] = routes;
  if (best !== undefined) return best;
  const others = [...declared].filter(([, accessor]) => accessor.event === event).map(([name]) => `'${name}'`);
  const hint = others.length > 0 ? `: connect to accessor ${others.join(" or ")}, with arguments` : "";
  throw new UnsupportedError(`${event}: no signal accessor leads to it without further arguments${hint}`);
}

/** The arguments that an accessor cannot do without, where that is known. */
function requiredOf(accessor: string, validators: SchemaValidators | undefined): readonly string[] | undefined {
  const shape = validators?.commands.get(connectCommand(accessor))?.arguments.shape;
  if (shape?.kind !== "struct") return undefined;
  return Object.keys(shape.describe()).filter((name) => !name.startsWith("*"));
}

/**
 * That the events of an accessor cannot be told apart by their data; undefined if they can.
 *
 * @param args - What the accessor was given.
 */
export function missingFromData(
  { event, accessor, args }: Route,
  validators: SchemaValidators,
): UnsupportedError | undefined {
  const shape = validators.events.get(event)?.shape;
  const missing = Object.entries(args)
    .filter(([name, value]) => value !== undefined && !hasMember(memberOf(shape, "data"), name))
    .map(([name]) => `'${name}'`);
  if (missing.length === 0) return undefined;
  return new UnsupportedError(
    `${accessor}: the server does not offer signals, and the data of ${event} do not have ${missing.join(", ")}, by which ` +
      `its events could be told apart here: connect to all of them by signal("${event}"), or to a server that offers signals`,
  );
}

function hasMember(shape: Shape | undefined, name: string): boolean {
  if (shape?.kind === "open") return hasMember(shape.type(), name);
  if (shape?.kind !== "struct") return false;
  if (memberOf(shape, name) !== undefined) return true;
  return Object.values(shape.branches?.() ?? {}).some((branch) => hasMember(branch, name));
}

/** The type of a member, optional or not. */
function memberOf(shape: Shape | undefined, name: string): Shape | undefined {
  if (shape?.kind === "open") return memberOf(shape.type(), name);
  if (shape?.kind !== "struct") return undefined;
  const members = new Map(Object.entries(shape.describe()));
  return members.get(name) ?? members.get(`*${name}`);
}
