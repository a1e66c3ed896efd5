import type { Examples } from "../state/examples";

/** Rows worth looking at: one press fills the form. */
export function ExampleButtons({ examples }: { examples: Examples }) {
  return (
    <fieldset class="examples">
      <legend>Examples</legend>
      {examples.list.value.map((example) => (
        <button
          key={`${example.kind}${example.name}`}
          type="button"
          class="chip"
          onClick={() => examples.use(example)}
        >
          {example.name}
        </button>
      ))}
      <button type="button" class="chip" onClick={examples.random}>
        a random row
      </button>
    </fieldset>
  );
}
