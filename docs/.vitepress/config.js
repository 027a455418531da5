// The site that `npm run site` makes of the pages in docs/. The pages are plain Markdown, which reads as well where the code is.
import { repositoryLinks } from "./repository-links.js";
import { schemaBlocks } from "./schema-blocks.js";
import { checkAnchors } from "./anchors.js";
import { API, sidebar } from "./sidebar.js";

/** For a site that is not at the root of its host: DOCS_BASE=/qapi-codegen/ */
const base = process.env["DOCS_BASE"] ?? "/";

export default {
  title: "qapi-codegen",
  description: "The compiler from QEMU's schema language, QAPI, to TypeScript, and a typed client of QMP",
  lang: "en",
  base,
  head: [
    ["link", { rel: "icon", href: "data:," }],
    ["meta", { name: "color-scheme", content: "light dark" }],
  ],
  markdown: {
    theme: { light: "github-light", dark: "github-dark" },
    // It has the same strings, comments and brackets.
    languageAlias: { qapi: "python" },
    config(md) {
      md.use(repositoryLinks);
      md.use(schemaBlocks);
    },
  },
  buildEnd: ({ outDir }) => checkAnchors(outDir, base),
  transformPageData(page) {
    // The front page has no outline, and the room.
    if (page.relativePath === "index.md") page.frontmatter.aside = false;
  },
  themeConfig: {
    nav: [
      { text: "Get started", link: "/getting-started" },
      {
        text: "Guides",
        link: "/events",
        activeMatch: "/(events|domain-events|integers|conditions|versions|testing|migrating|emitters)",
      },
      { text: "Reference", link: "/configuration" },
      API,
    ],
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: "local" },
    docFooter: { prev: "Before", next: "Next" },
  },
};
