// npm run release, after the notes of changes have become a version in package.json: writes that to src/version.ts.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
const file = at("src/version.ts");
const text = readFileSync(file, "utf8");
const changed = text.replace(/(?<=VERSION = ")[^"]+/, version);
if (!changed.includes(`"${version}"`)) throw new Error("src/version.ts has no version");
writeFileSync(file, changed);
console.log(`qapi-codegen is ${version}`);
