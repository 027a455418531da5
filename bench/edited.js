// A copy of a schema of which one file is edited again and again.
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where the documentation of a definition begins, and where the members of a struct do. */
const DOC = /(?<=^##\n# @[^\n]+:\n#\n# )/m;
const MEMBER = /(?<='struct': '[^']+',\s*'data': \{)/;

/**
 * @param {string} schema - A file or a directory; of a file, its directory is copied.
 * @param {string} directory - Where to copy it to; it must not exist.
 * @returns The path of the copy, and how it is edited: each call makes another text of the same file.
 */
export function edited(schema, directory) {
  const isDirectory = statSync(schema).isDirectory();
  cpSync(isDirectory ? schema : dirname(schema), directory, { recursive: true });
  const file = join(directory, nameOfFile(directory));
  const text = readFileSync(file, "utf8");
  let edits = 0;
  return {
    path: isDirectory ? directory : join(directory, basename(schema)),
    editDoc: () => writeFileSync(file, text.replace(DOC, `Edit ${++edits}: `)),
    editMember: () => writeFileSync(file, text.replace(MEMBER, ` '*bench-${++edits}': 'int',`)),
  };
}

/** QEMU's `net.json` is neither long nor short, and known to few others. */
function nameOfFile(directory) {
  const names = readdirSync(directory).filter((name) => name.endsWith(".json"));
  const fits = (name) => {
    const text = readFileSync(join(directory, name), "utf8");
    return DOC.test(text) && MEMBER.test(text);
  };
  const name = ["net.json", ...names].find((each) => names.includes(each) && fits(each));
  if (name === undefined) throw new Error(`no file in ${directory} has documentation and a struct to edit`);
  return name;
}
