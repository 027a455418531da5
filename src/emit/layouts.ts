/**
 * For emitters whose output is to be exactly as prettier would print it: statements and their parts, and the documents that
 * lines are broken in. Others need none of this.
 *
 * @packageDocumentation
 */
export {
  flatText,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
  LINE_WIDTH,
  printDocument,
  softline,
  type Layout,
} from "./document.js";
export {
  aliasDeclaration,
  binary,
  call,
  constantDeclaration,
  exportDeclaration,
  flatType,
  functionHeader,
  ifHeader,
  indented,
  interfaceDeclaration,
  intersectionDeclaration,
  logicalAnd,
  logicalOr,
  parenthesized,
  property,
  returnStatement,
  unionDeclaration,
  type GenericType,
  type Logical,
  type TypeLayout,
  type UnionLayout,
} from "./layout.js";
export { LONG_NAME } from "./long-name.js";
