import { Brief } from "../answer/Brief";
import type { Models } from "../api/schema";
import type { Examples } from "../state/examples";
import type { Question } from "../state/question";
import { counted } from "../words";
import { ExampleButtons } from "./ExampleButtons";
import { Field } from "./Field";

interface Props {
  models: Models;
  question: Question;
  examples: Examples;
}

/** The input. Its answer follows it; Enter asks at once. */
export function Form({ models, question, examples }: Props) {
  const errors = question.errors.value;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    void question.ask();
  }

  return (
    <form class="panel question" noValidate aria-labelledby="question" onSubmit={submit}>
      <h2 id="question" tabIndex={-1}>
        Input
      </h2>
      <ExampleButtons examples={examples} />
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
      <button type="submit" hidden>
        Predict
      </button>
      <Brief models={models} outcome={question.outcome.value} />
    </form>
  );
}
