/** Blocks of the documentation that cannot be run or compared here, each with the reason. */

/** A block by its page and the beginning of its text. */
export interface Exception {
  readonly page: string;
  readonly starts: string;
  /** Why, and what sees to it instead. */
  readonly why: string;
}

/** What servers with signals say first. */
const GREETING =
  '<- {"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 10}, "package": "qapi-codegen"}, "capabilities": ["oob", "signals"]}}\n';

export const EXCEPTIONS: readonly Exception[] = [
  {
    page: "README.md",
    starts: "net.json:14:21: error",
    why: "test/readme.test.ts makes the schema that this is said of",
  },
  {
    page: "README.md",
    starts: "power.json:9:14: style",
    why: "test/readme.test.ts makes the schema that this is said of",
  },
  {
    page: "docs/ready-types.md",
    starts: "npm run update-image",
    why: "it is about a release that there is not: test/update-image.test.ts makes one up",
  },
  {
    page: "docs/bundlers.md",
    starts: 'import { netdevAdd } from "qapi:',
    why: "there is such a module in a bundler: test/runtimes/bundler.test.ts has it in all of them",
  },
  { page: "docs/image.md", starts: "IMAGE  = {", why: "a grammar for people: test/schema/image/ tests the format" },
  {
    page: "docs/shell.md",
    starts: "$ qapi-codegen shell unix:/run/vm1.qmp --schema path/to/qemu/qapi",
    why: "a session at a terminal: test/cli/shell/ has those",
  },
  ...[`${GREETING}-> {"execute": "disconnect-`, '-> {"execute": "block-', `${GREETING}-> {"execute": "qmp_`].map(
    (starts) => ({
      page: "docs/signals.md",
      starts,
      why: "messages on the wire: test/signals-doc.test.ts sends them to a server, and gets them from it",
    }),
  ),
  { page: "docs/architecture.md", starts: "text -> syntax tree", why: "a drawing" },
  { page: "docs/architecture.md", starts: "Transport -> Connection", why: "a drawing" },
  { page: "docs/library.md", starts: "text -> parse", why: "a drawing" },
];
