import { render } from "preact";
import { createClient } from "./api/client";
import { App } from "./page/App";
import { poll } from "./state/poll";
import { createQuestion } from "./state/question";
import { createWatch } from "./state/watch";

const interval_ms = 5_000;

const client = createClient((...request) => fetch(...request));
const watch = createWatch(client);
const question = createQuestion(client, watch);
const page = document.getElementById("page");
if (page) render(<App watch={watch} question={question} />, page);
poll(watch.check, document, interval_ms);
