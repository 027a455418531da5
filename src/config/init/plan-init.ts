/** What `qapi-codegen init` is to change in a project. Nothing is written here. */
import { VERSION } from "../../version.js";
import { isObject } from "../../build/is-object.js";
import { addPlugin } from "./bundler-edit.js";
import { addToManifest, type Wanted } from "./manifest-edit.js";
import { dependsOn, type Project } from "./project.js";

/** What people have to say. */
export interface Answers {
  readonly schema: string;
  readonly output: string;
}

/** A file that changes. */
export interface Change {
  /** Relative to the project. */
  readonly path: string;
  /** Undefined: there is none yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What is to be done. */
export interface InitPlan {
  readonly changes: readonly Change[];
  /** What is left for people to do: sentences. */
  readonly notes: readonly string[];
}

/**
 * Works out what is missing. What is there already is left alone, so that there is nothing to do the second time.
 *
 * @param answers - Not needed where there is a configuration already.
 */
export function planInit(project: Project, answers: Answers | undefined): InitPlan {
  const { manifest, config, bundlers } = project;
  const changes: Change[] = [];
  const notes: string[] = [];
  if (config === undefined && answers !== undefined) {
    changes.push({ path: configName(project), before: undefined, after: configText(project, answers) });
  }
  if (manifest !== undefined) {
    const after = addToManifest(manifest.text, wantedOf(manifest.value, notes));
    changes.push({ path: manifest.path, before: manifest.text, after });
  }
  for (const { path, text, plugin } of bundlers) {
    const edited = addPlugin(text, path, plugin);
    if ("text" in edited) changes.push({ path, before: text, after: edited.text });
    else notes.push(byHand(path, plugin, edited.problem));
  }
  // Of bundlers, it alone is commonly used without a configuration.
  if (bundlers.length === 0 && manifest !== undefined && dependsOn(manifest.value, "vite")) {
    notes.push(
      "there is no configuration of Vite: where there is one, 'qapi-codegen init' adds a plugin to it, for the server",
    );
  }
  return { changes: changes.filter(({ before, after }) => before !== after), notes };
}

function configName({ manifest, isTypeScript }: Project): string {
  if (manifest === undefined) return "qapi.config.json";
  // In a package of CommonJS, the name has to say that it is a module.
  const module = manifest.value["type"] === "module" ? "" : "m";
  return `qapi.config.${module}${isTypeScript ? "ts" : "js"}`;
}

function configText({ manifest }: Project, { schema, output }: Answers): string {
  if (manifest === undefined) return `${JSON.stringify({ schema, output }, undefined, 2)}\n`;
  return `import { defineConfig } from "qapi-codegen/config";

export default defineConfig({
  schema: ${JSON.stringify(schema)},
  output: ${JSON.stringify(output)},
});
`;
}

function wantedOf(manifest: Readonly<Record<string, unknown>>, notes: string[]): readonly Wanted[] {
  const scripts = isObject(manifest["scripts"]) ? manifest["scripts"] : {};
  const wanted: Wanted[] = [];
  const uses = Object.values(scripts).some((script) => typeof script === "string" && /\bqapi-codegen\b/.test(script));
  if (!uses) wanted.push({ object: "scripts", key: "qapi", value: "qapi-codegen" });
  const { build, prebuild } = scripts;
  if (build !== undefined && prebuild === undefined) {
    wanted.push({ object: "scripts", key: "prebuild", value: "qapi-codegen" });
  } else if (build !== undefined && !/\bqapi-codegen\b|\brun qapi\b/.test(JSON.stringify(prebuild))) {
    notes.push("package.json has a script 'prebuild' already: let it run 'qapi-codegen', too");
  }
  if (!dependsOn(manifest, "qapi-codegen") && manifest["name"] !== "qapi-codegen") {
    wanted.push({ object: "devDependencies", key: "qapi-codegen", value: `^${VERSION}` });
  }
  return wanted;
}

function byHand(path: string, plugin: string, problem: string): string {
  return `${path} is for you to change, since ${problem}: import qapi from "${plugin}", and put qapi() first into 'plugins'`;
}
