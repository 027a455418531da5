import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/emitters/commands.js";
import { compileErrors } from "../support/compile.js";
import { emitted, emittedFiles } from "../support/emitted.js";

const SCHEMA = `
{ 'struct': 'Info', 'data': { 'a': 'str', '*b': 'int' } }
{ 'struct': 'Options', 'data': { '*a': 'str' } }
##
# @set_link:
#
# Sets a link
#
# @name: which one
##
{ 'command': 'set_link', 'data': { 'name': 'str', '*up': 'bool' } }
{ 'command': 'query-info', 'returns': 'Info' }
{ 'command': 'query-all', 'returns': [ 'Info' ], 'allow-preconfig': true }
{ 'command': 'query-size', 'returns': 'size' }
{ 'command': 'boxed', 'boxed': true, 'data': 'Info' }
{ 'command': 'optional', 'data': 'Options' }
{ 'command': 'pause', 'allow-oob': true }
{ 'command': 'shut-down', 'success-response': false }
{ 'command': 'device_add', 'data': { 'driver': 'str' }, 'gen': false }
{ 'command': 'delete' }`;

/** The text of the stub for a command, or of the interface of its arguments. */
function declaration(start: string): string {
  const text = emitted(SCHEMA, commands);
  const begin = text.indexOf(start);
  return text.slice(begin, text.indexOf("\n}", begin) + 2);
}

describe("stubs", () => {
  it("pass arguments of their own type", () => {
    expect(declaration("export function setLink(")).toBe(`\
export function setLink(
  qmp: Executor,
  args: SetLinkArguments,
  options?: ExecuteOptions,
): Promise<Empty> {
  return qmp.execute("set_link", args, options);
}`);
    expect(declaration("export interface SetLinkArguments")).toBe(
      "export interface SetLinkArguments {\n  /** which one */\n  name: string;\n  up?: boolean;\n}",
    );
  });

  it("have the documentation of the command", () => {
    expect(emitted(SCHEMA, commands)).toContain("/** Sets a link @see `test.json:11` */\nexport function setLink(");
    expect(emitted(SCHEMA, commands)).toContain("/** The arguments of {@link setLink}. */\nexport interface");
  });

  it("are not linked to where TSDoc takes their names for keywords", () => {
    const text = "{ 'command': 'constructor', 'data': { 'a': 'str' } } { 'command': 'set-up', 'data': { 'a': 'str' } }";
    expect(emitted(text, commands)).toContain(
      "/** The arguments of `constructor`. */\nexport interface ConstructorArguments",
    );
    expect(emitted(text, commands)).toContain(
      "/** The arguments of {@link setUp}. */\nexport interface SetUpArguments",
    );
  });

  it("have no comments where there is to be no documentation", () => {
    const text = emittedFiles(SCHEMA, [commands], { docs: "none" }).get("commands/test.ts");
    expect(text).toContain("export interface SetLinkArguments {");
    expect(text).not.toContain("/*");
  });

  it("take none where the command has none, and return what it returns", () => {
    expect(declaration("export function queryAll(")).toBe(`\
export function queryAll(
  qmp: Executor,
  options?: ExecuteOptions,
): Promise<Info[]> {
  return qmp.execute("query-all", undefined, options);
}`);
    expect(declaration("export function querySize(")).toContain("): Promise<number | bigint> {");
  });

  it("name the types that arguments have, and leave out what can be left out", () => {
    expect(declaration("export function boxed(")).toContain("  args: Info,\n");
    expect(declaration("export function optional(")).toContain("  args?: Options,\n");
  });

  it("break where a name is long", async () => {
    for (let length = 20; length < 90; length++) {
      const name = "a".repeat(length);
      for (const [path, text] of emittedFiles(`{ 'command': '${name}', 'returns': [ 'int' ] }`, [commands])) {
        expect(await format(text, { parser: "typescript" }), path).toBe(text);
      }
    }
  });

  it("may run out of band only where QEMU lets them", () => {
    expect(declaration("export function pause(")).toContain("  options?: OutOfBandOptions,\n");
  });

  it("take more arguments where QEMU does not check them", () => {
    expect(declaration("export interface DeviceAddArguments")).toBe(
      "export interface DeviceAddArguments {\n  driver: string;\n  [name: string]: unknown;\n}",
    );
  });

  it("are not called as reserved words are, and say so", () => {
    expect(emitted(SCHEMA, commands)).toContain(
      "/** Named `delete_` since `delete` is taken or reserved. @see `test.json:20` */\nexport function delete_(",
    );
  });

  it("use the global Promise, whatever the schema calls its types", () => {
    const text = "{ 'struct': 'Promise', 'data': {} } { 'command': 'c', 'data': 'Promise', 'returns': 'Promise' }";
    expect(emitted(text, commands)).toContain('import type { Promise as Promise_ } from "../types/test.js";');
    expect(emitted(text, commands)).toContain("): Promise<Promise_> {");
    expect(compileErrors(emittedFiles(text, [commands]))).toEqual([]);
  });
});

describe("the map", () => {
  it("says what each command takes and returns, and what is special about it", () => {
    const index = emitted(SCHEMA, commands, "commands/index.ts").replace(/^ *\/\*\*.*\n/gm, "");
    expect(index.slice(index.indexOf("export interface Commands"))).toBe(`\
export interface Commands {
  set_link: { arguments: SetLinkArguments; returns: Empty };
  "query-info": { arguments?: Empty; returns: Info };
  "query-all": { arguments?: Empty; returns: Info[]; preconfig: true };
  "query-size": { arguments?: Empty; returns: number | bigint };
  boxed: { arguments: Info; returns: Empty };
  optional: { arguments?: Options; returns: Empty };
  pause: { arguments?: Empty; returns: Empty; oob: true };
  "shut-down": {
    arguments?: Empty;
    returns: undefined;
    successResponse: false;
  };
  device_add: { arguments: DeviceAddArguments; returns: Empty };
  delete: { arguments?: Empty; returns: Empty };
}
`);
  });

  it("links to the functions, and strikes out what they do", () => {
    const command = (name: string, features: string): string =>
      `{ 'command': '${name}', 'features': [ ${features} ] }\n`;
    const text =
      "##\n# @plain:\n#\n# Does it.\n##\n" +
      command("plain", "'other'") +
      command("old", "'deprecated'") +
      command("x-new", "'unstable'");
    const index = emitted(text, commands, "commands/index.ts");
    expect(index).toContain("  /** {@link plain} */\n  plain: {");
    expect(index).toContain(
      "  /** {@link old} @deprecated It may be removed from a later release of QEMU. */\n  old: {",
    );
    expect(index).toContain('  /** {@link xNew} @experimental */\n  "x-new": {');
  });

  it("takes a union as arguments", () => {
    const text =
      "{ 'enum': 'K', 'data': [ 'a' ] } { 'union': 'U', 'base': { 'k': 'K' }, 'discriminator': 'k', 'data': {} } " +
      "{ 'command': 'c', 'boxed': true, 'data': 'U' }";
    expect(emitted(text, commands, "commands/index.ts")).toContain("  c: { arguments: U; returns: Empty };");
  });
});

describe("an executor", () => {
  /** The errors of statements that have an executor `qmp`. */
  function errors(statements: string, declarations = ""): readonly string[] {
    const code = `import * as all from "./index.js";\nexport async function f(qmp: all.Executor): Promise<void> {\n${statements}\n}\n${declarations}\n`;
    return compileErrors(new Map([...emittedFiles(SCHEMA, [commands]), ["user.ts", code]]), { only: "user.ts" }).map(
      (error) => error.replace(/^user\.ts\((\d+)\): /, (_, line: string) => `${String(Number(line) - 2)}: `),
    );
  }

  it("returns what the command returns", () => {
    expect(
      errors(`
        const info = await qmp.execute("query-info");
        info.a satisfies string;
        info.b satisfies number | bigint | undefined;
        (await qmp.execute("query-all"))[0]?.a satisfies string | undefined;
        (await all.querySize(qmp)) satisfies number | bigint;
        (await qmp.execute("shut-down")) satisfies undefined;
        (await all.setLink(qmp, { name: "n" })) satisfies all.Empty;`),
    ).toEqual([]);
    expect(errors(`const info = await qmp.execute("query-info");\ninfo.c;`)).toEqual([
      "2: Property 'c' does not exist on type 'Info'.",
    ]);
  });

  it("takes the arguments of the command, which may be left out where none is required", () => {
    expect(
      errors(`
        await qmp.execute("set_link", { name: "n", up: true });
        await qmp.execute("query-info", {});
        await qmp.execute("query-info", undefined, { timeout: 1000, signal: undefined });
        await qmp.execute("optional");
        await qmp.execute("optional", { a: "a" });
        await qmp.execute("device_add", { driver: "virtio-net", netdev: "n", id: 1 });
        await all.optional(qmp);`),
    ).toEqual([]);
    const refused = [
      `qmp.execute("set_link");`,
      `qmp.execute("set_link", {});`,
      `qmp.execute("set_link", { name: "n", other: 1 });`,
      `qmp.execute("query-info", { a: 1 });`,
      `qmp.execute("device_add", {});`,
      `qmp.execute("unknown");`,
      `all.setLink(qmp);`,
      `all.boxed(qmp, undefined);`,
    ];
    for (const statement of refused) expect(errors(`await ${statement}`), statement).toHaveLength(1);
  });

  it("goes out of band only with the commands that may", () => {
    expect(errors(`await qmp.execute("pause", {}, { oob: true });\nawait all.pause(qmp, { oob: true });`)).toEqual([]);
    expect(errors(`await qmp.execute("query-info", {}, { oob: true });`)).toHaveLength(1);
    expect(errors(`await all.queryInfo(qmp, { oob: true });`)).toHaveLength(1);
  });

  it("can be a class, or a function that is not generic", () => {
    expect(
      errors(`
        class Client implements all.Executor {
          async execute<Name extends keyof all.Commands>(
            name: Name,
            ...[args, options]: all.ExecuteParameters<Name>
          ): Promise<all.Commands[Name]["returns"]> {
            return this.send(name, args, options?.timeout) as Promise<all.Commands[Name]["returns"]>;
          }
          private async send(...request: unknown[]): Promise<unknown> {
            return request;
          }
        }
        await all.pause(new Client());
        await all.pause(qmp);
        const mock: all.Executor = {
          execute: async (name: string, args?: unknown, options?: all.OutOfBandOptions): Promise<any> => [name, args, options],
        };
        await all.pause(mock);`),
    ).toEqual([]);
  });

  it("takes the AbortSignal of the platform", () => {
    const dom = `interface AbortSignal {
  readonly aborted: boolean; readonly reason: any; onabort: ((this: AbortSignal, event: object) => any) | null;
  throwIfAborted(): void;
  addEventListener<K extends "abort">(type: K, listener: (this: AbortSignal, event: { abort: object }[K]) => any, options?: boolean | { once?: boolean }): void;
  addEventListener(type: string, listener: (event: object) => void, options?: boolean | { once?: boolean }): void;
  removeEventListener<K extends "abort">(type: K, listener: (this: AbortSignal, event: { abort: object }[K]) => any, options?: boolean): void;
  removeEventListener(type: string, listener: (event: object) => void, options?: boolean): void;
}
declare const signal: AbortSignal;`;
    expect(errors("await all.pause(qmp, { signal });", dom)).toEqual([]);
  });
});
