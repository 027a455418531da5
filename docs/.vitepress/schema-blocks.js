/**
 * A plugin of markdown-it: blocks with QAPI, which files in repositories call JSON and which is none, are said to be QAPI.
 */
export function schemaBlocks(md) {
  md.core.ruler.push("schema-blocks", (state) => {
    for (const token of state.tokens) {
      if (token.type === "fence" && token.info === "json" && !isJson(token.content)) token.info = "qapi";
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
