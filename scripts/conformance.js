// npm run conformance -- DIR: compares what we say of schemas with what QEMU's compiler says of them (docs/conformance.md).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const temporary = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
try {
  const bundle = join(temporary, "conformance.mjs");
  await build({
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
    entryPoints: [fileURLToPath(new URL("../conformance/main.ts", import.meta.url))],
    outfile: bundle,
  });
  await import(pathToFileURL(bundle).href);
} finally {
  rmSync(temporary, { recursive: true });
}
