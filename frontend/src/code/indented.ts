/** JSON text on lines of its own, each number and string as it came: to parse and write it again would change some. */
export function indented(json: string): string {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  let depth = 0;
  let written = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  tokens.forEach((token, place) => {
    const empty = /^[\]}]$/.test(tokens[place + 1] ?? "");
    if (token === "{" || token === "[") {
      depth += 1;
      written += empty ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      written += /^[[{]$/.test(tokens[place - 1] ?? "") ? token : line() + token;
    } else if (token === ",") written += token + line();
    else written += token === ":" ? ": " : token;
  });
  return written;
}
