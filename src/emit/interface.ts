/** The interface of emitters: what any emitter needs besides the model. */
export { comment, linkComment } from "./comment.js";
export { defineEmitter, type Emitter, type Output, type OutputFile } from "./emitter.js";
export { NO_GLOBALS, type Exported, type FileOptions, type GeneratedFile } from "./generated-file.js";
export { linkTo } from "./markdown-inline.js";
export { hasNoMembers, isOptional } from "./members.js";
export { literalKey, propertyKey, stringLiteral } from "./layout.js";
export { camelCase, pascalCase, type Name, type Named, type Names, type Role } from "./naming.js";
export type { DocsMode, EmitOptions, ImportExtension, Int64Mode, SettledOptions } from "./options.js";
export type { CommonName } from "./places.js";
export type { Documented } from "./tsdoc.js";
export { propertyLines, typeExpression, typeText } from "./type-expression.js";
