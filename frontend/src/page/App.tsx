import { Announcement } from "../answer/Announcement";
import { Answer } from "../answer/Answer";
import { Form } from "../form/Form";
import type { ApiKey } from "../state/apiKey";
import type { Question } from "../state/question";
import type { Watch } from "../state/watch";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { KeyForm } from "./KeyForm";
import { Notices } from "./Notices";
import { Waiting } from "./Waiting";

interface Props {
  apiKey: ApiKey;
  watch: Watch;
  question: Question;
}

export function App({ apiKey, watch, question }: Props) {
  const models = watch.models.value;
  return (
    <>
      <Header watch={watch} />
      <main>
        <Announcement question={question} />
        {apiKey.wanted.value ? (
          <KeyForm apiKey={apiKey} watch={watch} />
        ) : models ? (
          <>
            <Notices watch={watch} question={question} />
            <div class="panes">
              <Form key={models.release} models={models} question={question} />
              <Answer models={models} watch={watch} question={question} />
            </div>
          </>
        ) : (
          <Waiting watch={watch} />
        )}
      </main>
      {models && <Footer models={models} apiKey={apiKey} />}
    </>
  );
}
