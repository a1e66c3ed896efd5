import type { ReadonlySignal } from "@preact/signals";
import { Announcement } from "../answer/Announcement";
import { Answer } from "../answer/Answer";
import { CodeSection } from "../code/CodeSection";
import { Form } from "../form/Form";
import { HistorySection } from "../history/HistorySection";
import { MapSection } from "../map/MapSection";
import { ModelsSection } from "../models/ModelsSection";
import type { ApiKey } from "../state/apiKey";
import type { DecisionMap } from "../state/decisionMap";
import type { Examples } from "../state/examples";
import type { History } from "../state/history";
import type { Misfit } from "../state/permalink";
import type { Question } from "../state/question";
import type { Sample } from "../state/sample";
import type { Table } from "../state/table";
import type { View } from "../state/view";
import type { Watch } from "../state/watch";
import { Rows } from "../table/Rows";
import { Contents } from "./Contents";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { KeyForm } from "./KeyForm";
import { Notices } from "./Notices";
import { Waiting } from "./Waiting";

interface PageState {
  apiKey: ApiKey;
  watch: Watch;
  question: Question;
  sample: Sample;
  examples: Examples;
  view: View;
  decisionMap: DecisionMap;
  table: Table;
  history: History;
  misfit: ReadonlySignal<Misfit>;
}

export function App(state: PageState) {
  const { apiKey, watch, question, sample, examples, view, decisionMap, table, history, misfit } = state;
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
            <Contents />
            <Notices watch={watch} question={question} misfit={misfit.value} />
            <div class="panes">
              <Form key={models.release} models={models} question={question} examples={examples} />
              <Answer models={models} watch={watch} question={question} history={history} />
            </div>
            <MapSection {...{ models, sample, view, question, decisionMap }} />
            <Rows models={models} sample={sample} table={table} />
            <ModelsSection models={models} watch={watch} />
            <CodeSection question={question} apiKey={apiKey} />
            <HistorySection models={models} question={question} history={history} />
          </>
        ) : (
          <Waiting watch={watch} />
        )}
      </main>
      {models && <Footer models={models} apiKey={apiKey} />}
    </>
  );
}
