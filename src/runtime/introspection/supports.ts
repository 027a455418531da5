/**
 * Follows paths through what a QEMU says of itself.
 */
import type { EnumInfo, MemberInfo, ObjectInfo, TypeInfo } from "./entry.js";
import type { Introspection } from "./introspection.js";
import type { MemberStep, NameStep, Path } from "./path.js";

/** Whether there is what a path leads to. */
export function leadsSomewhere(introspection: Introspection, path: Path): boolean {
  const entity = introspection.entity(path.entity);
  if (entity === undefined) return false;
  let place: Place | undefined = { types: [], around: [], features: entity.features };
  if (path.part !== undefined) {
    const type = path.part === "arg-type" ? entity.argument : entity.returns;
    if (type === undefined) return false;
    place = { types: typesOf(introspection, [type]), around: [], features: [] };
  }
  for (const step of path.steps) {
    place = step.kind === "member" ? member(introspection, place, step) : other(introspection, place, step);
    if (place === undefined) return false;
  }
  return true;
}

/** Where a path has led so far. */
interface Place {
  /** What a value here can be of, on the way through arrays and alternates. */
  readonly types: readonly TypeInfo[];
  /** In a branch: the objects that it is a part of, whose members are there, too. */
  readonly around: readonly ObjectInfo[];
  /** Of what is here, besides those of its type. */
  readonly features: readonly string[];
}

/** Types with those of the elements of arrays, and the alternatives of alternates. */
function typesOf(introspection: Introspection, names: readonly string[]): readonly TypeInfo[] {
  const types: TypeInfo[] = [];
  const seen = new Set(names);
  // The set grows while it is walked.
  for (const name of seen) {
    const type = introspection.type(name);
    types.push(type);
    if (type.kind === "array") seen.add(type.element);
    if (type.kind === "alternate") for (const alternative of type.types) seen.add(alternative);
  }
  return types;
}

function member(introspection: Introspection, place: Place, step: MemberStep): Place | undefined {
  const { name, optional, value } = step;
  const objects = [...place.types.filter(isObject), ...place.around];
  const found: (readonly [ObjectInfo, MemberInfo])[] = [];
  for (const object of objects) {
    const info = object.members.get(name);
    if (info !== undefined && (!optional || info.optional)) found.push([object, info]);
  }
  const types = typesOf(
    introspection,
    found.map(([, info]) => info.type),
  );
  if (value === undefined) {
    return found.length === 0 ? undefined : { types, around: [], features: found.flatMap(([, info]) => info.features) };
  }
  const features = featuresOfValue(types, value);
  if (features === undefined) return undefined;
  const branches = found.flatMap(([object]) => (object.tag === name ? (object.variants.get(value) ?? []) : []));
  return { types: typesOf(introspection, branches), around: objects, features };
}

function other(introspection: Introspection, place: Place, { kind, name }: NameStep): Place | undefined {
  switch (kind) {
    case "branch": {
      const objects = place.types.filter(isObject);
      const branches = objects.flatMap(({ variants }) => variants.get(name) ?? []);
      if (branches.length === 0) return undefined;
      return { types: typesOf(introspection, branches), around: [...objects, ...place.around], features: [] };
    }
    case "value": {
      const features = featuresOfValue(place.types, name);
      return features && { types: [], around: [], features };
    }
    case "feature":
      return [place.features, ...place.types.map(featuresOfType)].some((features) => features.includes(name))
        ? place
        : undefined;
    case "type":
      return place.types.some((type) => (type.kind === "builtin" ? type.jsonType : type.kind) === name)
        ? place
        : undefined;
  }
}

/** The features of a value of enums; none if there is no such value. */
function featuresOfValue(types: readonly TypeInfo[], value: string): readonly string[] | undefined {
  const enums = types.filter(isEnum).filter(({ values }) => values.has(value));
  return enums.length === 0 ? undefined : enums.flatMap(({ values }) => values.get(value) ?? []);
}

function featuresOfType(type: TypeInfo): readonly string[] {
  return "features" in type ? type.features : [];
}

function isObject(type: TypeInfo): type is ObjectInfo {
  return type.kind === "object";
}

function isEnum(type: TypeInfo): type is EnumInfo {
  return type.kind === "enum";
}
