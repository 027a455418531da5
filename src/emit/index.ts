/**
 * All that an emitter needs besides the model. The emitters that come with qapi-codegen (`src/emitters/`) use nothing else, and
 * the library exports all of it: the interface as it is here, the layouts as `layout`.
 */
export * from "./interface.js";
export * from "./layouts.js";
