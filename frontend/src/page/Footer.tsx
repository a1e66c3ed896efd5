import type { Models } from "../api/schema";
import { date } from "../numbers";

export function Footer({ models }: { models: Models }) {
  return (
    <footer>
      <p>
        Release <code>{models.release}</code>, {date(models.created)}
      </p>
      <nav aria-label="For programmers">
        <a href="docs">API documentation</a> <a href="models">Models as JSON</a>
      </nav>
    </footer>
  );
}
