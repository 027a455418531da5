/**
 * qapi-codegen as a library: the phases, each with the type that the next one reads, and the interface of emitters.
 *
 * What is in a schema never makes a function throw: mistakes are `Diagnostic`s beside the result.
 *
 * @packageDocumentation
 */
export { type Diagnostic, type RelatedSpan } from "./diagnostic.js";
export {
  formatGithub,
  formatJson,
  formatText,
  type DiagnosticJson,
  type PlaceJson,
  type RelatedJson,
  type Severity,
  type TextOptions,
} from "./diagnostic-report.js";
export { type Law, type Stage } from "./law.js";
export { lawOf, laws } from "./schema/laws/index.js";
export { Source, type Position, type Span } from "./syntax/source.js";
export { parse, type ParseResult } from "./syntax/parse.js";
export type * from "./syntax/ast.js";
export { HostError, memoryHost, type Host } from "./schema/host.js";
export { load, type LoadedFile, type LoadOptions, type LoadResult, type Tree } from "./schema/load.js";
export { check, type CheckOptions, type CheckResult } from "./schema/check.js";
export { introspect, type IntrospectOptions } from "./schema/introspection/introspect.js";
export type * from "./schema/introspection/schema-info.js";
export type { ConditionJson } from "./schema/condition-json.js";
export { print } from "./schema/print.js";
export { toImage, type ImageDocs, type ImageOptions } from "./schema/image/to-image.js";
export {
  describeCondition,
  type AllCondition,
  type AnyCondition,
  type Condition,
  type DefinedCondition,
  type Defines,
  type NotCondition,
  type TextCondition,
} from "./schema/condition.js";
export { Q_TYPES } from "./schema/schema.js";
export type * from "./schema/schema.js";
export * from "./emit/interface.js";
export * as layout from "./emit/layouts.js";
export { builtinEmitters, defaultEmitters, emitters } from "./emitters/index.js";
export { emit } from "./emit/emit.js";
export { type DefinesOptions } from "./build/defines-file.js";
export { diskHost, type Disk, type PathKind } from "./build/disk-host.js";
export {
  generate,
  type Generated,
  type GenerateOptions,
  type GenerateResult,
  type NotGenerated,
  type Phase,
  type Target,
} from "./build/generate.js";
export { Builder } from "./build/builder.js";
export { watch, type Watched, type WatchOptions } from "./build/watch.js";
export { differences } from "./build/differences.js";
export {
  defineConfig,
  type Config,
  type EmitterName,
  type RunConfig,
  type SchemaConfig,
  type SeveralConfig,
  type SharedConfig,
  type SingleConfig,
} from "./config/config.js";
export { ConfigError, type KeyPath, type Mistake, type Origin } from "./config/config-error.js";
export { loadConfig, type LoadConfigOptions, type LoadedConfig } from "./config/load.js";
export { runsOf } from "./config/runs.js";
export { checkSchema, type CheckedSchema, type CheckSchemaOptions } from "./build/check.js";
export { type ReadOptions, type ReadReport } from "./build/read.js";
export { OutputError } from "./build/output-error.js";
export { writeOutput, type WriteOptions, type WriteReport } from "./build/write.js";
