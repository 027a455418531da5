/** Where what can be said is known from. */
import { read } from "../../build/read.js";
import { formatText } from "../../diagnostic-report.js";
import { isJsonObject } from "../../runtime/message.js";
import { QmpError } from "../../runtime/errors.js";
import { check } from "../../schema/check.js";
import { introspect } from "../../schema/introspection/introspect.js";
import type { UntypedClient } from "./connection.js";
import { Vocabulary } from "./vocabulary.js";

/** How long a server may take to tell what it has, in milliseconds. */
const LIMITS = { timeout: 10_000 };

/**
 * What a schema on the disk has.
 *
 * @returns the vocabulary, or what is wrong with the schema, as text.
 */
export function vocabularyOfSchema(path: string, color: boolean): Vocabulary | string {
  const found = read({ schema: path });
  if ("diagnostics" in found) return formatText(found.diagnostics, { color });
  const { schema, diagnostics } = check(found.loaded);
  return schema === undefined ? formatText(diagnostics, { color }) : new Vocabulary(introspect(schema), schema);
}

/** What a QEMU says that it has: all of it, or before 2.5 the names of its commands. */
export async function vocabularyOfQemu(client: UntypedClient): Promise<Vocabulary> {
  try {
    return new Vocabulary(await client.executeUntyped("query-qmp-schema", undefined, LIMITS));
  } catch (error) {
    if (!(error instanceof QmpError)) throw error;
    return new Vocabulary(commandsNamed(await client.executeUntyped("query-commands", undefined, LIMITS)));
  }
}

/** What a guest agent says that it has: the names of its commands. */
export async function vocabularyOfAgent(client: UntypedClient): Promise<Vocabulary> {
  const info = await client.executeUntyped("guest-info", undefined, LIMITS);
  return new Vocabulary(commandsNamed(isJsonObject(info) ? info["supported_commands"] : undefined));
}

/** Commands of which nothing is known but the names, as `query-qmp-schema` would tell them. */
function commandsNamed(list: unknown): readonly object[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((command: unknown) => {
    const name = isJsonObject(command) ? command["name"] : undefined;
    return typeof name === "string" ? [{ name, "meta-type": "command", "arg-type": "?", "ret-type": "?" }] : [];
  });
}

/** What can be said, as far as it is known: it is asked for once, until the server may be another. */
export class VocabularySource {
  readonly #load: () => Promise<Vocabulary>;
  #loading: Promise<Vocabulary | undefined> | undefined;
  #current: Vocabulary | undefined;

  constructor(load: () => Promise<Vocabulary>) {
    this.#load = load;
  }

  /** What is known by now. */
  get current(): Vocabulary | undefined {
    return this.#current;
  }

  /** Undefined when the server does not tell. */
  load(): Promise<Vocabulary | undefined> {
    if (this.#loading !== undefined) return this.#loading;
    const loading = this.#load().then(
      (vocabulary) => {
        if (this.#loading === loading) this.#current = vocabulary;
        return vocabulary;
      },
      () => undefined,
    );
    this.#loading = loading;
    return loading;
  }

  forget(): void {
    this.#loading = undefined;
    this.#current = undefined;
  }
}
