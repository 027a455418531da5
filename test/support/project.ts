/** A directory that stands for a user's project, gone when the test is over. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** A project's directory, which is the current one while the test runs. */
export class Project {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** The absolute path of a file. */
  path(name: string): string {
    return join(this.directory, name);
  }

  /** Writes a file, with the directories that it is in. */
  put(name: string, content: string | object): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(
      this.path(name),
      typeof content === "string" ? content : `${JSON.stringify(content, undefined, 2)}\n`,
    );
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** The paths of all files, sorted; those of packages and git aside. */
  files(): readonly string[] {
    return readdirSync(this.directory, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.directory.length + 1))
      .filter((path) => !/^(node_modules|\.git)\//.test(path))
      .sort();
  }

  /** Makes a package of this repository's dependencies, or `qapi-codegen` itself, one of the project's. */
  link(name: string): void {
    mkdirSync(this.path("node_modules"), { recursive: true });
    symlinkSync(
      resolve(ROOT, name === "qapi-codegen" ? "." : `node_modules/${name}`),
      this.path(`node_modules/${name}`),
    );
  }
}

const ROOT = process.cwd();

/**
 * Makes a project for the test that runs, and goes there.
 *
 * @param files - Contents by path; objects are written as JSON.
 */
export function newProject(files: Readonly<Record<string, string | object>> = {}): Project {
  const project = new Project(realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-project-"))));
  for (const [path, content] of Object.entries(files)) project.put(path, content);
  process.chdir(project.directory);
  onTestFinished(() => {
    process.chdir(ROOT);
    rmSync(project.directory, { recursive: true });
  });
  return project;
}
