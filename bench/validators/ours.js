// Our own validators, and what else there is to measure of an output.
import { defaultEmitters, emit } from "../../dist/index.js";

/** An output, all of it, by path. */
export function outputOf(model) {
  return new Map(emit(model, defaultEmitters).map(({ path, text }) => [path, text]));
}

/**
 * The module that all contenders have: see {@link import("./peers/index.js").Peer}.
 *
 * @param {readonly import("./cases.js").Case[]} cases
 */
export function ourSource(cases) {
  const names = cases.flatMap(({ stem }) => [`is${stem}`, `validate${stem}`]);
  const exported = cases.map(
    ({ id, stem }) =>
      `export const ${id} = { accepts: is${stem}, report: (value) => validate${stem}(value).issues?.length ?? 0 };`,
  );
  return `import { ${names.join(", ")} } from "./index.js";\n${exported.join("\n")}\n`;
}

/** The entry of an application that imports all of a folder of the output; `.` for all of it. */
export function allSource(folder) {
  return `export * from "./${folder === "." ? "" : `${folder}/`}index.js";`;
}

/** Events of applications: one with a type of many kinds in it, and one with a string. */
const APP_EVENTS = [
  { name: "NETDEV_STREAM_CONNECTED", stem: "NetdevStreamConnectedEvent" },
  { name: "NETDEV_STREAM_DISCONNECTED", stem: "NetdevStreamDisconnectedEvent" },
];

/** Small applications: the validator of one event and the stub of one command. */
export function appSources(model) {
  const command = model.commands.find(({ name }) => name === "netdev_add") ?? model.commands[0];
  const stub = command.name.replace(/[-_](.)/g, (_, letter) => letter.toUpperCase());
  const events = APP_EVENTS.filter(({ name }) => model.byName.has(name));
  return events.flatMap(({ name, stem }) =>
    ["is", "validate"].map((kind) => ({
      name: `${kind}... of ${name}, a stub`,
      source: `import { ${kind}${stem}, ${stub} } from "./index.js"; console.log(${kind}${stem}, ${stub});`,
    })),
  );
}
