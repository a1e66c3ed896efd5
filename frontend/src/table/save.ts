/** Hand a file to the browser's downloads. */
export function save(name: string, content: Blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a browser may ask where to put it first
}

/** "table.csv" as "table-predictions.csv" */
export const resultName = (name: string, whole: boolean) =>
  `${name.replace(/\.(csv|tsv|txt)$/i, "")}-predictions${whole ? "" : "-incomplete"}.csv`;
