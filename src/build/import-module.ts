/** Importing modules while the program runs, in its bundle as well. */

/** What imports modules where `import()` does not: in a script that the executable runs, which is no module. */
declare const hostImport: ((url: string) => Promise<unknown>) | undefined;

/** Imports the module at a URL, and returns what it exports. */
export function importModule(url: string): Promise<unknown> {
  return typeof hostImport === "undefined" ? import(url) : hostImport(url);
}
