import { useEffect, useRef } from "preact/hooks";
import type { Models } from "../api/schema";
import type { Question } from "../state/question";
import { counted } from "../words";
import { Field } from "./Field";

export function Form({ models, question }: { models: Models; question: Question }) {
  const form = useRef<HTMLFormElement>(null);
  const errors = question.errors.value;

  useEffect(() => {
    if (errors.size) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [question.outcome.value]);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    void question.ask(unreadable(event.currentTarget as HTMLFormElement));
  }

  return (
    <form ref={form} class="question" noValidate aria-labelledby="question" onSubmit={submit}>
      <h2 id="question">Input</h2>
      <p class="muted">Ranges and means are those of the {counted(models.data.rows, "training row")}.</p>
      <div class="fields">
        {models.features.map((feature, index) => (
          <Field
            key={feature.name}
            id={`feature-${index}`}
            feature={feature}
            text={question.values.value.get(feature.name) ?? ""}
            error={errors.get(feature.name)}
            enter={question.enter}
          />
        ))}
      </div>
      <div class="ask">
        <button type="submit">Predict</button>
      </div>
    </form>
  );
}

/** Number fields that hold text which is no number: the browser gives it to nobody, and keeps it on the screen. */
function unreadable(form: HTMLFormElement): ReadonlySet<string> {
  const inputs = [...form.elements].filter((element) => element instanceof HTMLInputElement);
  return new Set(inputs.filter((input) => input.validity.badInput).map((input) => input.name));
}
