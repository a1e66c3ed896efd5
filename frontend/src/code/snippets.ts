/** The question as programs that can be run as they are. With a key they read it from the environment. */
import type { Instance } from "../api/schema";

interface Request {
  /** The absolute address of `predict`. */
  url: string;
  instance: Instance;
  /** Whether the API wants a key. */
  keyed: boolean;
}

export function curl({ url, instance, keyed }: Request): string {
  return [
    `curl -s ${quoted(url)}`,
    "-H 'content-type: application/json'",
    ...(keyed ? ['-H "x-api-key: $API_KEY"'] : []),
    `-d ${quoted(JSON.stringify(instance))}`,
  ].join(" \\\n  ");
}

/** Of Python's standard library only. */
export function python({ url, instance, keyed }: Request): string {
  const entries = Object.entries(instance).map(([name, value]) => `    ${text(name)}: ${literal(value)},`);
  const headers = [
    '"content-type": "application/json"',
    ...(keyed ? ['"x-api-key": os.environ["API_KEY"]'] : []),
  ];
  return `import json
${keyed ? "import os\n" : ""}from urllib.request import Request, urlopen

instance = {
${entries.join("\n")}
}
url = ${text(url)}
headers = {${headers.join(", ")}}
request = Request(url, json.dumps(instance).encode(), headers)
with urlopen(request) as response:
    print(json.dumps(json.load(response), indent=2))
`;
}

/** A POSIX shell's word. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** JSON's strings are Python's too. */
const text = (value: string) => JSON.stringify(value);

function literal(value: Instance[string]): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? text(value) : String(value);
}
