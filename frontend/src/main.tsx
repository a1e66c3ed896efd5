import { render } from "preact";
import { createClient } from "./api/client";
import { App } from "./page/App";
import { createApiKey } from "./state/apiKey";
import { createExamples } from "./state/examples";
import { createHistory } from "./state/history";
import { keepPermalink } from "./state/permalink";
import { poll } from "./state/poll";
import { createQuestion } from "./state/question";
import { createSample } from "./state/sample";
import { createWatch } from "./state/watch";

const interval_ms = 1_000;

const apiKey = createApiKey(() => sessionStorage);
const client = createClient((...request) => fetch(...request), apiKey);
const watch = createWatch(client, apiKey);
const question = createQuestion(client, watch, apiKey);
const sample = createSample(client, watch);
const examples = createExamples(client, watch, sample, question);
const history = createHistory(() => localStorage, question);
keepPermalink(window, watch, question, {});
const page = document.getElementById("page");
if (page) render(<App {...{ apiKey, watch, question, sample, examples, history, client }} />, page);
poll(watch.check, document, interval_ms);
