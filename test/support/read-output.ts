/**
 * Reads generated TypeScript back, with ts-morph: what it declares, in the terms of a schema. This is the oracle of the
 * tests that compare the output with what the schema says; it shares no code with the emitters.
 */
import {
  type InterfaceDeclaration,
  type JSDocableNode,
  Node,
  Project,
  type SourceFile,
  SyntaxKind,
  type TypeElementTypes,
} from "ts-morph";

/** What an output declares, by wire name. */
export interface OutputContents {
  /** The strings of each enum. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** The own members of each interface, an optional one with `?` behind its name. */
  readonly interfaces: ReadonlyMap<string, readonly string[]>;
  /** The parts of each union of types. */
  readonly unions: ReadonlyMap<string, readonly string[]>;
  /** The keys of `Commands`, and for each the members of its arguments: written in place, or the name of their type. */
  readonly commands: ReadonlyMap<string, string>;
  /** The keys of `Events`, and for each the members of its data: written in place, or the name of their type. */
  readonly events: ReadonlyMap<string, string>;
  /** What the files of validators export. */
  readonly validators: ReadonlySet<string>;
}

/** Reads the `.ts` files of an output: path and text. */
export function readOutput(files: Iterable<readonly [string, string]>): OutputContents {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  for (const [path, text] of files) if (path.endsWith(".ts")) project.createSourceFile(path, text);

  const enums = new Map<string, readonly string[]>();
  const interfaces = new Map<string, readonly string[]>();
  const unions = new Map<string, readonly string[]>();
  const validators = new Set<string>();
  const dataOf = new Map<string, string>();
  const wireNames = new Map<string, string>();
  for (const file of project.getSourceFiles()) {
    if (file.getFilePath().startsWith("/validators/")) readExports(file, validators);
    if (file.getFilePath().startsWith("/types/")) {
      readTypes(file, enums, interfaces, unions);
      for (const node of [...file.getInterfaces(), ...file.getTypeAliases()]) {
        wireNames.set(node.getName(), wireName(node, node.getName()));
      }
    }
    if (file.getFilePath().startsWith("/events/")) {
      for (const node of file.getInterfaces()) dataOf.set(node.getName(), dataText(node.getProperty("data")));
    }
    if (file.getFilePath().startsWith("/commands/")) {
      for (const node of file.getInterfaces()) dataOf.set(node.getName(), members(node.getMembers()).join(" "));
    }
  }
  const commandIndex = project.getSourceFile("/commands/index.ts");
  const commands = entriesOf(commandIndex, "Commands").map(([name, type]): [string, string] => {
    const argument = /^\{\s*(?:\/\*[^]*?\*\/\s*)?arguments\??: ([^;]*);/.exec(type)?.[1] ?? "";
    const identifier = exportedName(commandIndex, argument);
    return [name, dataOf.get(identifier) ?? wireNames.get(identifier) ?? identifier];
  });
  const eventIndex = project.getSourceFile("/events/index.ts");
  const events = entriesOf(eventIndex, "Events").map(([name, type]): [string, string] => {
    const data = dataOf.get(exportedName(eventIndex, type)) ?? "";
    return [name, wireNames.get(data) ?? data];
  });
  return { enums, interfaces, unions, commands: new Map(commands), events: new Map(events), validators };
}

function readExports(file: SourceFile, names: Set<string>): void {
  for (const node of file.getFunctions()) if (node.isExported()) names.add(node.getName() ?? "");
  for (const node of file.getVariableDeclarations()) if (node.isExported()) names.add(node.getName());
  for (const node of file.getExportDeclarations()) {
    for (const specifier of node.getNamedExports())
      names.add(specifier.getAliasNode()?.getText() ?? specifier.getName());
  }
}

function readTypes(
  file: SourceFile,
  enums: Map<string, readonly string[]>,
  interfaces: Map<string, readonly string[]>,
  unions: Map<string, readonly string[]>,
): void {
  for (const node of file.getVariableDeclarations()) {
    const object = node.getInitializer();
    const literal = Node.isAsExpression(object) ? object.getExpression() : object;
    if (!Node.isObjectLiteralExpression(literal)) continue;
    const values = literal.getProperties().map((property) => {
      const value = property.asKind(SyntaxKind.PropertyAssignment)?.getInitializer();
      return Node.isStringLiteral(value) ? value.getLiteralValue() : "?";
    });
    keep(enums, node.getVariableStatementOrThrow(), node.getName(), values);
  }
  for (const node of file.getInterfaces()) keep(interfaces, node, node.getName(), members(node.getMembers()));
  for (const node of file.getTypeAliases()) {
    const type = node.getTypeNodeOrThrow();
    const parts = Node.isUnionTypeNode(type) ? type.getTypeNodes() : [type];
    keep(
      unions,
      node,
      node.getName(),
      parts.map((part) => part.getText()),
    );
  }
}

/** Keeps a declaration under its name in the schema, or under its own where that is another declaration's. */
function keep<T>(map: Map<string, T>, node: JSDocableNode, identifier: string, contents: T): void {
  const name = wireName(node, identifier);
  const other = map.get(name);
  if (name !== identifier && other !== undefined) map.set(identifier, contents);
  else map.set(name, contents);
}

/** The name that a declaration has in the schema: its own, unless its documentation says otherwise. */
function wireName(node: JSDocableNode, identifier: string): string {
  const docs = node.getJsDocs().map((doc) => doc.getText());
  return (
    /The schema calls it `([^`]*)`|since `([^`]*)` is taken/.exec(docs.join(" "))?.slice(1).find(Boolean) ?? identifier
  );
}

function members(nodes: readonly TypeElementTypes[]): readonly string[] {
  return nodes
    .flatMap((node) => node.asKind(SyntaxKind.PropertySignature) ?? [])
    .map((node) => unquoted(node.getName()) + (node.hasQuestionToken() ? "?" : ""));
}

function dataText(node: ReturnType<InterfaceDeclaration["getProperty"]>): string {
  const type = node?.getTypeNode();
  return Node.isTypeLiteral(type) ? members(type.getMembers()).join(" ") : (type?.getText() ?? "");
}

/** The properties of an interface of an index file, each with its type as text. */
function entriesOf(file: SourceFile | undefined, name: string): readonly (readonly [string, string])[] {
  const properties = file?.getInterface(name)?.getProperties() ?? [];
  return properties.map((node) => [unquoted(node.getName()), node.getTypeNodeOrThrow().getText()]);
}

/** What a name of a file is called where it is imported from. */
function exportedName(file: SourceFile | undefined, local: string): string {
  for (const declaration of file?.getImportDeclarations() ?? []) {
    for (const specifier of declaration.getNamedImports()) {
      if (specifier.getAliasNode()?.getText() === local) return specifier.getName();
    }
  }
  return local;
}

function unquoted(name: string): string {
  return /^["']/.test(name) ? name.slice(1, -1) : name;
}
