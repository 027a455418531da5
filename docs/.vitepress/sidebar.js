import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PAGES = fileURLToPath(new URL("..", import.meta.url));

/** The groups of the sidebar, each with its pages: what they are called there, and their names in docs/. */
const GROUPS = {
  "Get started": [
    ["What it is", "index"],
    ["Three ways to use it", "getting-started"],
    ["Ready types", "ready-types"],
    ["In a bundler", "bundlers"],
    ["Coming from hand-typed clients", "migrating"],
  ],
  Guides: [
    ["Events", "events"],
    ["Signals and slots", "signals"],
    ["Domain events", "domain-events"],
    ["64-bit integers", "integers"],
    ["Conditions", "conditions"],
    ["Versions of QEMU", "versions"],
    ["Watching and checking", "watch"],
    ["Testing without QEMU", "testing"],
    ["Emitters of your own", "emitters"],
  ],
  Reference: [
    ["Configuration", "configuration"],
    ["Options", "options"],
    ["Generated code", "generated-code"],
    ["The client", "client"],
    ["exec, events and shell", "shell"],
    ["The library", "library"],
    ["Diagnostics", "diagnostics"],
    ["The image", "image"],
    ["Introspection", "introspection"],
    ["The notation of 2011", "proposal"],
  ],
  Background: [
    ["Architecture", "architecture"],
    ["Conformance", "conformance"],
    ["Differences from QEMU's compiler", "differences"],
    ["Dependencies", "dependencies"],
    ["Where it comes from", "seeds"],
  ],
};

/** What TypeDoc makes, which is no page of VitePress. */
export const API = { text: "API", link: "/api/index.html", target: "_self" };

/**
 * The sidebar.
 *
 * @throws Error if a page is not in it, or it has a page that there is not: nothing else would notice.
 */
export function sidebar() {
  const listed = Object.values(GROUPS).flatMap((pages) => pages.map(([, name]) => `${name}.md`));
  const there = readdirSync(PAGES).filter((name) => name.endsWith(".md"));
  const unlisted = there.filter((name) => !listed.includes(name));
  const missing = listed.filter((name) => !there.includes(name));
  if (unlisted.length > 0) throw new Error(`docs/.vitepress/sidebar.js does not have ${unlisted.join(", ")}`);
  if (missing.length > 0)
    throw new Error(`docs/.vitepress/sidebar.js has ${missing.join(", ")}, which docs/ does not have`);
  const groups = Object.entries(GROUPS).map(([text, pages]) => ({
    text,
    items: pages.map(([text, name]) => ({ text, link: name === "index" ? "/" : `/${name}` })),
  }));
  groups.find(({ text }) => text === "Reference").items.push(API);
  return groups;
}
