import { render } from "preact";
import { createClient } from "./api/client";
import { App } from "./page/App";
import { createApiKey } from "./state/apiKey";
import { poll } from "./state/poll";
import { createQuestion } from "./state/question";
import { createWatch } from "./state/watch";

const interval_ms = 5_000;

const apiKey = createApiKey(() => sessionStorage);
const client = createClient((...request) => fetch(...request), apiKey);
const watch = createWatch(client, apiKey);
const question = createQuestion(client, watch);
const page = document.getElementById("page");
if (page) render(<App apiKey={apiKey} watch={watch} question={question} />, page);
poll(watch.check, document, interval_ms);
