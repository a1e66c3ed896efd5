import type { Models } from "../api/schema";
import { date } from "../numbers";
import type { ApiKey } from "../state/apiKey";

/** With a key there are no links, which could not carry it. */
export function Footer({ models, apiKey }: { models: Models; apiKey: ApiKey }) {
  return (
    <footer>
      <p>
        Release <code>{models.release}</code>, {date(models.created)}
      </p>
      {apiKey.value.value === null ? (
        <nav aria-label="For programmers">
          <a href="docs">API documentation</a> <a href="models">Models as JSON</a>
        </nav>
      ) : (
        <button type="button" class="link" onClick={apiKey.forget}>
          Forget the API key
        </button>
      )}
    </footer>
  );
}
