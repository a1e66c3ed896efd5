import { Section } from "../page/Section";
import type { ApiKey } from "../state/apiKey";
import type { Question } from "../state/question";
import { CodeBlock } from "./CodeBlock";
import { indented } from "./indented";
import { Permalink } from "./Permalink";
import { curl, python } from "./snippets";

/** The question as it can be asked elsewhere, and the answer as it came. */
export function CodeSection({ question, apiKey }: { question: Question; apiKey: ApiKey }) {
  const outcome = question.outcome.value;
  const instance = question.instance.value;
  const keyed = apiKey.value.value !== null;
  return (
    <Section
      id="code"
      title="For programmers"
      intro="The same question from a shell or a program, the answer as it came, and a link to this very state of the page."
    >
      <Permalink />
      {instance && (
        <div class="snippets">
          <CodeBlock title="curl" code={curl({ url: address(), instance, keyed })} />
          <CodeBlock title="Python" code={python({ url: address(), instance, keyed })} />
        </div>
      )}
      {keyed && <p class="muted">Both read the API key from the environment variable API_KEY.</p>}
      {outcome?.kind === "answer" && <CodeBlock title="Raw answer" code={indented(outcome.text)} />}
    </Section>
  );
}

const address = () => new URL("predict", location.href).href;
