/**
 * The interface of emitters: all that an emitter needs besides the model. Those that come with qapi-codegen (`src/emitters/`)
 * use nothing else, and all of it is exported by the library.
 */
export { defineEmitter, type Emitter, type Output, type OutputFile } from "./emitter.js";
export { GLOBALS, NO_GLOBALS, type Exported, type FileOptions, type GeneratedFile } from "./generated-file.js";
export { type Name, type Named, type Names, type Role } from "./naming.js";
export {
  DOCS_MODES,
  IMPORT_EXTENSIONS,
  INT64_MODES,
  type DocsMode,
  type EmitOptions,
  type ImportExtension,
  type Int64Mode,
  type SettledOptions,
} from "./options.js";
export { type CommonName } from "./places.js";
export { comment, linkComment, type Documented } from "./tsdoc.js";
export { propertyLines, typeExpression, typeText } from "./type-expression.js";
export * from "./layout.js";
export * from "./document.js";
export { LONG_NAME, hasLongName } from "./long-name.js";
