/** How a table writes its true classes. */

export interface Labels {
  /** What stands before each class's name in this table, and is passed over: "Kind-" in "Kind-red". */
  prefix: string;
  /** A cell as the class that it means. */
  read(cell: string): string;
}

/**
 * As the first rows write them. A beginning is passed over only where all labels share it, they are at least two, and
 * what is left of each is a class.
 */
export function labelsOf(cells: readonly string[], classes: readonly string[]): Labels {
  const labels = [...new Set(cells.map((cell) => cell.trim()))].filter((label) => label !== "");
  const known = new Set(classes);
  const prefix = labels.some((label) => known.has(label)) ? "" : shared(labels, known);
  return {
    prefix,
    read(cell) {
      if (known.has(cell)) return cell;
      const label = cell.trim();
      return prefix && label.startsWith(prefix) ? label.slice(prefix.length) : label;
    },
  };
}

function shared(labels: readonly string[], classes: ReadonlySet<string>): string {
  const [first = ""] = labels;
  if (labels.length < 2) return "";
  for (let length = 1; length < first.length; length++) {
    const prefix = first.slice(0, length);
    if (!labels.every((label) => label.startsWith(prefix))) return "";
    if (labels.every((label) => classes.has(label.slice(length)))) return prefix;
  }
  return "";
}
