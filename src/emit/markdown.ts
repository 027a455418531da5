/** How names in documentation become links. */
export interface References {
  /** The identifier of the definition `name`, where it can be linked to. */
  link(name: string): string | undefined;
  /** Whether `name` is a member, a value, a branch or an alternative of the definition that the text is about. */
  isPart(name: string): boolean;
}

/** An example that was found in a text. */
export interface Example {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export function markdown(text: string, _references: References, _examples: Example[]): string {
  return text.replace(/[@{}<>\\`]/g, "\\$&").replace(/[ \t]+$/gm, "");
}

export function codeBlock(text: string, language: string): string {
  return `\`\`\`${language}\n${text.replaceAll("```", "'''").replace(/[ \t]+$/gm, "")}\n\`\`\``;
}
