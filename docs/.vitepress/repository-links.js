import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PAGES = fileURLToPath(new URL("..", import.meta.url));

/**
 * A plugin of markdown-it: links that leave docs/ lead to files of the repository, which are no part of the site. There, such a
 * link is the path as text. The README's place is taken by the front page.
 *
 * @throws Error if there is no such file.
 */
export function repositoryLinks(md) {
  md.core.ruler.push("repository-links", (state) => {
    for (const block of state.tokens) {
      const tokens = block.children ?? [];
      for (const [index, token] of tokens.entries()) {
        const target = token.type === "link_open" ? outside(token.attrGet("href"), state.env.path) : undefined;
        if (target === undefined) continue;
        if (target === "README.md") {
          token.attrSet("href", "./index.md");
          continue;
        }
        const close = tokens.findIndex(({ type }, at) => at > index && type === "link_close");
        token.attrs = [["title", target]];
        for (const end of [token, tokens[close]]) {
          end.type = end === token ? "span_open" : "span_close";
          end.tag = "span";
        }
      }
    }
  });
}

/** The path in the repository of what a link leads to; undefined if that is a page, or elsewhere. */
function outside(href, page) {
  if (href === null || !/^\.\.?\//.test(href) || page === undefined) return undefined;
  const path = resolve(dirname(page), decodeURI(href.replace(/#.*/, "")));
  if (path.startsWith(PAGES)) return undefined;
  if (!existsSync(path)) throw new Error(`${page}: the link to ${href} leads nowhere`);
  return relative(resolve(PAGES, ".."), path);
}
