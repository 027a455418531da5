/** A code span. */
export function code(text: string): string {
  const safe = text.replace(/[`\s\p{Cc}]+/gu, " ").trim();
  return safe === "" ? "" : `\`${safe}\``;
}
