/** What a terminal shows as bold, dim and in colours, by the numbers that turn it on. */
const STYLES = { 1: "bold", 2: "dim", 31: "red", 32: "green", 33: "yellow", 34: "blue", 35: "magenta", 36: "cyan" };

/**
 * Text with the colours of a terminal as HTML: a span with classes for each run of characters that looks alike.
 *
 * @param {string} text - What a program printed, with sequences that choose graphics (`ESC [ ... m`) and no others.
 * @throws Error for a style that is not known here, so that nothing looks other than in a terminal.
 */
export function ansiToHtml(text) {
  let html = "";
  let classes = [];
  // eslint-disable-next-line no-control-regex
  for (const [index, part] of text.split(/\u001b\[([\d;]*)m/).entries()) {
    if (index % 2 === 1) {
      for (const number of part.split(";")) {
        const style = STYLES[number];
        if (style === undefined && Number(number) !== 0) throw new Error(`there is no style for ${number}`);
        classes = style === undefined ? [] : [...classes, style];
      }
    } else if (part !== "") {
      html += classes.length === 0 ? escape(part) : `<span class="${classes.join(" ")}">${escape(part)}</span>`;
    }
  }
  return html;
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
