import { render } from "preact";
import { createClient } from "./api/client";
import { App } from "./page/App";
import { createApiKey } from "./state/apiKey";
import { createDecisionMap } from "./state/decisionMap";
import { createExamples } from "./state/examples";
import { createHistory } from "./state/history";
import { keepPermalink } from "./state/permalink";
import { poll } from "./state/poll";
import { createQuestion } from "./state/question";
import { createSample } from "./state/sample";
import { createTable } from "./state/table";
import { createView } from "./state/view";
import { createWatch } from "./state/watch";
import { pause } from "./table/pause";

const interval_ms = 1_000;

const apiKey = createApiKey(() => sessionStorage);
const client = createClient((...request) => fetch(...request), apiKey);
const watch = createWatch(client, apiKey);
const question = createQuestion(client, watch, apiKey);
const sample = createSample(client, watch);
const examples = createExamples(client, watch, sample, question);
const view = createView(watch, sample);
const decisionMap = createDecisionMap(client, watch, question, view);
const table = createTable(client, watch, pause);
const history = createHistory(() => localStorage, question);
const misfit = keepPermalink(window, watch, question, {
  x: { chosen: view.x, choose: view.setX },
  y: { chosen: view.y, choose: view.setY },
  map: { chosen: view.layer, choose: view.setLayer },
});
const state = {
  apiKey,
  watch,
  question,
  sample,
  examples,
  view,
  decisionMap,
  table,
  history,
  misfit,
};
const page = document.getElementById("page");
if (page) render(<App {...state} />, page);
addEventListener("storage", history.reread);
poll(watch.check, document, interval_ms);
