/**
 * A plugin of markdown-it: blocks with QAPI, which files in repositories call JSON and which is none, are highlighted as Python. It has
 * the same strings, comments and brackets.
 */
export function schemaBlocks(md) {
  md.core.ruler.push("schema-blocks", (state) => {
    for (const token of state.tokens) {
      if (token.type === "fence" && token.info === "json" && !isJson(token.content)) token.info = "python";
    }
  });
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
