/** Sections by their headings' ids. */
const sections = [
  ["question", "Input"],
  ["map-title", "Map"],
  ["rows-title", "Your own rows"],
  ["models-title", "Model cards"],
  ["code-title", "For programmers"],
  ["history-title", "History"],
] as const;

/** The address stays: what stands after its `#` is the page's state. */
function go(event: MouseEvent, id: string) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const heading = document.getElementById(id);
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

/** What the page holds, as links into it. */
export function Contents() {
  return (
    <nav class="contents" aria-label="Contents">
      <ul>
        {sections.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`} onClick={(event) => go(event, id)}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
