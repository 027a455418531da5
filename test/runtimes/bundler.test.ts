/** The plugin in each bundler: it generates before the build, tells what is wrong with the schema, and watches it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { application, BROKEN, Project, schemaFiles, type Report } from "./plugin-project.js";

/** Whether each bundler takes TypeScript without being told. */
const BUNDLERS = {
  esbuild: true,
  farm: true,
  rolldown: true,
  rollup: false,
  rspack: false,
  vite: true,
  webpack: false,
} as const;

let project: Project | undefined;
afterEach(async () => project?.remove());

function open(files: Readonly<Record<string, string>>, options?: object): Project {
  project = new Project(files, options);
  return project;
}

describe.each(Object.entries(BUNDLERS))("%s", (bundler, knowsTypeScript) => {
  const options = { schema: "schema/main.json", output: "src/qmp", target: knowsTypeScript ? "ts" : "js" };
  const app = { "src/app.js": application(knowsTypeScript ? "./qmp/index.ts" : "./qmp/index.js") };

  test("generates, and bundles what was generated", () => {
    const { directory } = open({ ...schemaFiles("front", "back"), ...app }, options);
    expect(project?.build(bundler)).toEqual({ ok: true, errors: [] });
    expect(project?.run()).toBe("front,back true,false");
    expect(existsSync(join(directory, `src/qmp/index.${options.target}`))).toBe(true);
  });

  test("takes the configuration of the project", () => {
    open({ ...schemaFiles("front"), ...app, "qapi.config.json": JSON.stringify(options) });
    expect(project?.build(bundler)).toEqual({ ok: true, errors: [] });
    expect(project?.run()).toBe("front true,false");
  });

  test("makes what is imported by qapi:", () => {
    const { directory } = open({ ...schemaFiles("front"), "src/app.js": application("qapi:../schema/main.json") }, {});
    expect(project?.build(bundler)).toEqual({ ok: true, errors: [] });
    expect(project?.run()).toBe("front true,false");
    expect(readFileSync(join(directory, ".qapi/modules.d.ts"), "utf8")).toContain('"qapi:../schema/main.json"');
  });

  test.each([
    ["that is configured", app, options],
    ["that is imported", { "src/app.js": application("qapi:../schema/main.json") }, {}],
  ])("tells all that is wrong with a schema %s", (_, files, given) => {
    const { ok, errors } = open({ ...schemaFiles(), ...BROKEN, ...files }, given).build(bundler);
    expect(ok).toBe(false);
    const text = errors.map(({ message, line, column }) => `${message} at ${line}:${column}`).join("\n");
    expect(text).toContain("there is no type 'Dooor' [undefined-type]\nhint: did you mean 'Door'?");
    expect(text).toContain("there is no type 'integer' [undefined-type]");
    for (const column of [39, 58]) expect(text).toMatch(new RegExp(`\\b2:${column}\\b`));
    expect(text).not.toMatch(/^ *at .*\.js:/m);
  });

  // Farm watches only in its server.
  if (bundler === "farm") return;
  test("watches", async () => {
    const watched = open({ ...schemaFiles("front"), ...app }, options);
    const reports = watched.watch(bundler);
    const prints = (text: string) => (report: Report) => report.ok && watched.run() === text;
    const says = (text: string) => (report: Report) => report.errors.some(({ message }) => message.includes(text));
    await until(reports, prints("front true,false"));
    const change = (files: Readonly<Record<string, string>>, isRight: (report: Report) => boolean): Promise<void> =>
      again(() => watched.write(files), until(reports, isRight));

    await change(schemaFiles("front", "side"), prints("front,side true,false"));
    await change(BROKEN, says("'Dooor'"));
    await change(schemaFiles("front", "back"), prints("front,back true,false"));
    const main = schemaFiles()["schema/main.json"]?.replace("doors.json", "more.json") ?? "";
    await change({ "schema/main.json": main }, says("cannot read 'more.json'"));
    const more = schemaFiles("front", "cellar")["schema/doors.json"] ?? "";
    await change({ "schema/more.json": more }, prints("front,cellar true,false"));
  });
});

/** Does something every second until something else has happened: bundlers may miss what is changed right after a build. */
async function again(action: () => void, happened: Promise<void>): Promise<void> {
  action();
  const timer = setInterval(action, 1000);
  try {
    await happened;
  } finally {
    clearInterval(timer);
  }
}

/** Waits for a build that is as it should be. */
async function until(reports: AsyncGenerator<Report, void>, isRight: (report: Report) => boolean): Promise<void> {
  const seen: Report[] = [];
  for (;;) {
    const { value, done } = await reports.next();
    if (done === true) throw new Error(`it ended after ${JSON.stringify(seen)}`);
    seen.push(value);
    if (isRight(value)) return;
  }
}
