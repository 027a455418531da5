// Our own client, with the schema that the benchmark has made.
import { connect } from "../../../dist/runtime/qmp.js";

/**
 * @param {string} path
 * @param {"all" | "none"} validate
 * @param {string} made - The module that has the schema.
 * @returns {Promise<import("./index.js").Connection>}
 */
export async function open(path, validate, made) {
  const { schema } = await import(made);
  const qmp = await connect(schema, `unix:${path}`, { validate });
  return {
    execute: (command) => qmp.execute(command),
    flood: (command) => qmp.executeUntyped(command),
    connect(event, slot) {
      const handle = qmp.signal(event).connect(slot);
      return () => handle.disconnect();
    },
  };
}
