/**
 * What a QEMU says of itself when it is asked with `query-qmp-schema`.
 */
import { type Entity, malformed, type RawEntry, readEntity, readEntry, readType, type TypeInfo } from "./entry.js";
import { parsePath } from "./path.js";
import { leadsSomewhere } from "./supports.js";

/**
 * What a running QEMU has, by its own account.
 *
 * The account is a flat list of commands, events and types, which refer to types by names that mean nothing. It is read as far
 * as questions need it, and not trusted: of two entries with one name the first counts, types may be missing or contain
 * themselves, and kinds of types that are not known are skipped.
 */
export class Introspection {
  readonly #reply: unknown;
  #entries: Entries | undefined;
  readonly #entities = new Map<string, Entity>();
  readonly #types = new Map<string, TypeInfo>();

  /** @param reply - What `query-qmp-schema` returned. It is looked at when the first question is asked. */
  constructor(reply: unknown) {
    this.#reply = reply;
  }

  /**
   * Whether there is what a path leads to. A path is made of steps with `/` between them:
   *
   * 1. the name of a command or an event: `blockdev-add`, `BLOCK_IO_ERROR`;
   * 2. `arg-type` for the arguments of a command or the data of an event, or `ret-type` for what a command returns;
   * 3. any number of steps into what is there then:
   *    - `server`: the member of this name;
   *    - `*server`: the same, if it is optional;
   *    - `driver=nbd`: the member of this name, if it can have this value of an enumeration. The path goes on in the object
   *      that has the member, and if that is a union which the member chooses the branch of, in the branch, too: to members
   *      of both;
   *    - `+nbd`: the branch of a union for this value, whatever the member is called that chooses it;
   * 4. at its end, if at all, one of:
   *    - `^nbd`: the enumeration has this value;
   *    - `$unstable`: what is there has this feature. That may be a command or an event (then it is the second step), a
   *      member or its type, a branch, or a value behind `=` or `^`;
   *    - `!int`: the type is `string`, `number`, `int` (any integer), `boolean`, `null`, `value` (any of all), `enum`, `array`,
   *      `object` or `alternate`.
   *
   * Steps go through arrays to their elements, and through alternates to whatever alternative has what is asked for.
   *
   * ```text
   * blockdev-add
   * device_add/$json-cli-hotplug
   * BLOCK_IO_ERROR/arg-type/*node-name
   * blockdev-add/arg-type/driver=nbd/server/type=unix/path
   * query-block/ret-type/inserted/image/format-specific/type=qcow2
   * block-commit/arg-type/on-error=report
   * migrate-set-parameters/arg-type/downtime-limit/!int
   * ```
   *
   * Names are made of letters, digits, `-`, `_` and `.`, as the schema language has it, so nothing needs an escape. All but
   * `member=value` is also libvirt's notation for such questions: those that are known from there can be asked here.
   *
   * @throws TypeError when it is no path, with the place of the mistake; ProtocolError when the reply is not understood.
   */
  supports(path: string): boolean {
    return leadsSomewhere(this, parsePath(path));
  }

  /** The commands and events, in the order of the reply. */
  entities(): readonly Entity[] {
    const entities: Entity[] = [];
    for (const name of this.#index().entities.keys()) {
      const entity = this.entity(name);
      if (entity !== undefined) entities.push(entity);
    }
    return entities;
  }

  /** A command or an event. */
  entity(name: string): Entity | undefined {
    let entity = this.#entities.get(name);
    if (entity === undefined) {
      const raw = this.#index().entities.get(name);
      if (raw === undefined) return undefined;
      entity = readEntity(raw);
      this.#entities.set(name, entity);
    }
    return entity;
  }

  /** A type, by the name that others refer to it with. */
  type(name: string): TypeInfo {
    let type = this.#types.get(name);
    if (type === undefined) {
      const raw = this.#index().types.get(name);
      if (raw === undefined) return UNKNOWN;
      type = readType(raw);
      this.#types.set(name, type);
    }
    return type;
  }

  #index(): Entries {
    return (this.#entries ??= indexEntries(this.#reply));
  }
}

const UNKNOWN: TypeInfo = { kind: "unknown" };

interface Entries {
  readonly entities: ReadonlyMap<string, RawEntry>;
  readonly types: ReadonlyMap<string, RawEntry>;
}

function indexEntries(reply: unknown): Entries {
  if (!Array.isArray(reply)) throw malformed("it is no list", reply === null ? "null" : typeof reply);
  const entities = new Map<string, RawEntry>();
  const types = new Map<string, RawEntry>();
  for (const value of reply) {
    const entry = readEntry(value);
    const kind = entry.metaType === "command" || entry.metaType === "event" ? entities : types;
    if (!kind.has(entry.name)) kind.set(entry.name, entry);
  }
  return { entities, types };
}
