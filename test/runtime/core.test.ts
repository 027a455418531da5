/** The core runs anywhere: its bundle knows nothing of Node. */
import { runInNewContext } from "node:vm";
import { build, type BuildOptions } from "esbuild";
import { expect, test } from "vitest";

const options: BuildOptions = { bundle: true, write: false, metafile: true, format: "esm", logLevel: "silent" };
const core = "src/runtime/core.ts";

test.each(["browser", "neutral"] as const)("bundled for platform %s it imports nothing", async (platform) => {
  const { metafile, warnings } = await build({ ...options, platform, entryPoints: [core] });
  expect(warnings).toEqual([]);
  const outputs = Object.values(metafile?.outputs ?? {});
  expect(outputs.map(({ imports }) => imports)).toEqual([[]]);
  expect(Object.keys(metafile?.inputs ?? {})).toContain(core);
});

test("a bundle with what transports import fails, so that the tests above can", async () => {
  const platform = "neutral";
  await expect(build({ ...options, platform, entryPoints: ["src/runtime/qmp.ts"] })).rejects.toThrow("node:");
});

test("is loaded where there is nothing but JavaScript", async () => {
  const { outputFiles } = await build({
    ...options,
    metafile: false,
    format: "iife",
    globalName: "core",
    entryPoints: [core],
  });
  const code = outputFiles?.[0]?.text ?? "";
  expect(runInNewContext(`${code}; Object.keys(core)`, {})).toContain("connect");
});
