/** The table of events does not compile with a schema that has not all that it names. */
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { entries } from "../../src/domain-events/mapping.js";

const ROOT = resolve(import.meta.dirname, "../..");
const MAPPING = resolve(ROOT, "src/domain-events/mapping.ts");

const RELEASES = ["qemu-10.2", "qemu-7.2"] as const;
type Release = (typeof RELEASES)[number];

/** What stands in for the ready types of a release: theirs, with changes. */
const standIn = (release: Release): string => resolve(ROOT, `test/domain-events/stand-in-${release}.ts`);

/** The types of a release as they are. */
const unchanged = (release: Release): string => `export type { Events } from "../../dist/ready/${release}/index.js";`;

/** Types with a member of an event's data at a path that has another name, or another type. */
function changed(release: Release, event: string, path: string, type?: string): string {
  return `
    import type { Events as Real } from "../../dist/ready/${release}/index.js";
    type Changed<T, Path> = Path extends \`\${infer Name}.\${infer Rest}\`
      ? { [Each in keyof T]: Each extends Name ? Changed<T[Each], Rest> : T[Each] }
      : { [Each in keyof T ${type === undefined ? "as Each extends Path ? `${Each & string}-renamed` : Each" : ""}]:
          Each extends Path ? ${type ?? "T[Each]"} : T[Each] };
    type Of<Event> = Event extends { data: infer Data } ? Omit<Event, "data"> & { data: Changed<Data, "${path}"> } : Event;
    export type Events = Omit<Real, "${event}"> & { ${event}: Of<Real["${event}"]> };`;
}

const { config } = ts.readConfigFile(resolve(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [MAPPING] }, ts.sys, ROOT);
options.paths = Object.fromEntries(RELEASES.map((release) => [`qapi-codegen/${release}`, [standIn(release)]]));

/** Files are parsed once, and what they import is resolved once. */
let last: ts.Program | undefined;
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What is wrong with the table, if the types of a release are others. */
function errorsWith(release?: Release, text?: string): readonly string[] {
  const texts = new Map(RELEASES.map((each) => [standIn(each), unchanged(each)]));
  if (release !== undefined && text !== undefined) texts.set(standIn(release), text);
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile(path, version) {
      const own = texts.get(path);
      const key = own ?? path;
      if (!parsed.has(key)) {
        parsed.set(
          key,
          own === undefined ? disk.getSourceFile(path, version) : ts.createSourceFile(path, own, version),
        );
      }
      return parsed.get(key);
    },
  };
  const program = (last = ts.createProgram([MAPPING], options, host, last));
  // What is said of the stand-in would be a mistake of this test.
  const files = [...texts.keys(), MAPPING].map((path) => program.getSourceFile(path));
  return files.flatMap((file) =>
    program.getSemanticDiagnostics(file).map(({ file: at, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      return `${at?.fileName.slice(ROOT.length + 1) ?? ""}: ${message}`;
    }),
  );
}

/** The places that the table names, as `EVENT path`. */
function places(): readonly (readonly [event: string, path: string])[] {
  const found = new Map<string, readonly [string, string]>();
  const look = (event: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("at" in value && typeof value.at === "string") found.set(`${event} ${value.at}`, [event, value.at]);
    else for (const part of Object.values(value)) look(event, part);
  };
  for (const [event, entry] of entries) look(event, entry);
  return [...found.values()];
}

const TABLE = /^src\/domain-events\/mapping\.ts: /;
const IN_10_2_ALONE = /^NETDEV_VHOST_USER_|^BLOCK_IO_ERROR qom-path$/;

describe("the table of events", () => {
  it("compiles with the types as they are", () => {
    expect(errorsWith()).toEqual([]);
  });

  it.each(RELEASES)("does not compile with another name for any member of %s that it reads", (release) => {
    const all = places();
    expect(all.length).toBeGreaterThan(50);
    const compiling = all.filter(([event, path]) => {
      if (release === "qemu-7.2" && IN_10_2_ALONE.test(`${event} ${path}`)) return false;
      const errors = errorsWith(release, changed(release, event, path));
      for (const error of errors) expect(error).toMatch(TABLE);
      return errors.length === 0;
    });
    expect(compiling).toEqual([]);
  });

  it.each([
    ["a value of an enum that it does not have", "WATCHDOG", "action", 'T[Each] | "bark"'],
    ["a family of addresses that it does not have", "VNC_CONNECTED", "client.family", 'T[Each] | "bluetooth"'],
    ["a reason that it does not have", "SHUTDOWN", "reason", 'T[Each] | "host-fire"'],
    ["a member of another type", "RTC_CHANGE", "offset", "string"],
    ["a member that may be absent", "BLOCK_IO_ERROR", "device", "T[Each] | undefined"],
    ["a member that may be null", "VNC_INITIALIZED", "server.auth", "T[Each] | null"],
  ])("does not compile with %s, in either release", (_, event, path, type) => {
    for (const release of RELEASES) {
      const errors = errorsWith(release, changed(release, event, path, type));
      expect(errors).not.toEqual([]);
      for (const error of errors) expect(error).toMatch(TABLE);
    }
  });

  it("does not compile without an event that it names", () => {
    const text = `
      import type { Events as Real } from "../../dist/ready/qemu-10.2/index.js";
      export type Events = Omit<Real, "WATCHDOG"> & { WATCHDOG_RAN_OUT: Real["WATCHDOG"] };`;
    expect(errorsWith("qemu-10.2", text).join()).toContain("'WATCHDOG' does not exist in type");
  });

  it("compiles with what a release adds to data", () => {
    const text = changed("qemu-10.2", "WATCHDOG", "action", "T[Each]").replace(
      "data: Changed",
      "data: { new: 5 } & Changed",
    );
    expect(errorsWith("qemu-10.2", text)).toEqual([]);
  });
});
