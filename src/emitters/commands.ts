/**
 * The commands emitter: what each command takes and returns, a function for each, and what a client must be to execute them.
 */
import type { Command, ObjectType } from "../schema/schema.js";
import {
  call,
  comment,
  defineEmitter,
  type Emitter,
  functionHeader,
  hasNoMembers,
  type GeneratedFile,
  indented,
  interfaceDeclaration,
  intersectionDeclaration,
  isOptional,
  LINE_WIDTH,
  linkComment,
  linkTo,
  type Output,
  printDocument,
  property,
  propertyKey,
  propertyLines,
  stringLiteral,
  typeExpression,
  type TypeLayout,
} from "../emit/index.js";
import { EXECUTOR } from "./executor.js";
import { types } from "./types.js";

/** Emits `commands/`. */
export const commands: Emitter = defineEmitter({
  name: "commands",
  requires: [types],
  emit(schema, out) {
    for (const module of schema.modules) {
      const f = out.file(out.path("commands", module));
      for (const definition of module.definitions) if (definition.kind === "command") emitCommand(definition, f, out);
    }
    emitExecutor(out);
    emitMap(schema.commands, out);
  },
});

/** The arguments of a command, unless another type is all that they are, and the function that executes it. */
function emitCommand(command: Command, f: GeneratedFile, out: Output): void {
  const { arguments: type } = command;
  // QEMU does not check the arguments of a command without generated code: `device_add` takes the device's properties too.
  if (type !== undefined && !hasNoMembers(type) && (type.kind === "anonymous" || !command.gen)) {
    const stub = linkTo(nameOf(command, "stub", out));
    const doc = out.options.docs === "none" ? "" : `${comment(`The arguments of ${stub}.`)}\n`;
    f.statement(doc + argumentsDeclaration(command, type, f, out));
  }
  const args = argumentsType(command, f, out);
  const executor = f.type(out.common("Executor"));
  const options = f.type(out.common(command.allowOob ? "OutOfBandOptions" : "ExecuteOptions"));
  const parameters = [`qmp: ${executor}`];
  if (args !== undefined) parameters.push(`${argumentsOptional(command) ? "args?" : "args"}: ${args}`);
  parameters.push(`options?: ${options}`);
  const header = functionHeader(nameOf(command, "stub", out), parameters, {
    name: "Promise",
    argument: returnsType(command, f, out),
  });
  f.statement(`${out.doc(command, 0, "stub")}${header}\n  ${returnCall(command, args !== undefined)}\n}`);
}

/** The type of arguments that are written in place, or among which there may be others than those of the type. */
function argumentsDeclaration(command: Command, type: ObjectType, f: GeneratedFile, out: Output): string {
  const identifier = nameOf(command, "arguments", out);
  const others = command.gen ? "" : `  ${OTHERS};\n`;
  if (type.kind === "anonymous") {
    return interfaceDeclaration(identifier, [], propertyLines(type.members, f, out) + others);
  }
  const base = f.type(out.names.of(type, "type"));
  return type.kind === "union"
    ? intersectionDeclaration(identifier, [base], [OTHERS])
    : interfaceDeclaration(identifier, [base], others);
}

const OTHERS = "[name: string]: unknown";

function returnCall(command: Command, hasArguments: boolean): string {
  const passed = [stringLiteral(command.name), hasArguments ? "args" : "undefined", "options"];
  const flat = `return qmp.execute(${passed.join(", ")});`;
  return flat.length + 2 <= LINE_WIDTH ? flat : printDocument(["return ", call("qmp.execute", passed), ";"], 1);
}

/** The map of all commands. */
function emitMap(all: readonly Command[], out: Output): void {
  const index = out.index("commands");
  const map = out.common("Commands").identifier;
  const doc = comment("All commands by their names on the wire.");
  let body = "";
  for (const command of all) {
    if (out.options.docs !== "none") {
      body += `${indented(linkComment(nameOf(command, "stub", out), command.features))}\n`;
    }
    body += mapEntry(command, index, out);
  }
  index.print`${doc}\n${interfaceDeclaration(map, [], body)}`;
}

/** `netdev_add: { arguments: Netdev; returns: Empty };` */
function mapEntry(command: Command, f: GeneratedFile, out: Output): string {
  const args = argumentsType(command, f, out) ?? f.type(out.common("Empty"));
  const returns = returnsType(command, f, out);
  const properties = [
    `${argumentsOptional(command) ? "arguments?" : "arguments"}: ${args};`,
    property("returns", returns, 2),
  ];
  if (command.allowOob) properties.push("oob: true;");
  if (command.allowPreconfig) properties.push("preconfig: true;");
  if (!command.successResponse) properties.push("successResponse: false;");
  const key = propertyKey(command.name);
  const flat = `  ${key}: { ${properties.join(" ").slice(0, -1)} };`;
  return flat.length <= LINE_WIDTH ? `${flat}\n` : `  ${key}: {\n    ${properties.join("\n    ")}\n  };\n`;
}

function emitExecutor(out: Output): void {
  const f = out.file(out.common("Executor").path);
  f.type(out.common("Commands"));
  f.print`${EXECUTOR}`;
}

/** The type of a command's arguments; absent when it takes none. */
export function argumentsType(command: Command, f: GeneratedFile, out: Output): string | undefined {
  const { arguments: type } = command;
  if (type === undefined || hasNoMembers(type)) return undefined;
  if (type.kind === "anonymous" || !command.gen) return f.type(out.names.of(command, "arguments"));
  return f.type(out.names.of(type, "type"));
}

/** What the reply returns; without a reply there is nothing. */
function returnsType({ returns, successResponse }: Command, f: GeneratedFile, out: Output): TypeLayout {
  if (!successResponse) return "undefined";
  return returns === undefined ? f.type(out.common("Empty")) : typeExpression(returns, f, out);
}

/** Whether a command can be executed without arguments. */
export function argumentsOptional({ arguments: type }: Command): boolean {
  return type?.allMembers.every(isOptional) ?? true;
}

function nameOf(command: Command, role: "arguments" | "stub", out: Output): string {
  return out.names.of(command, role).identifier;
}
