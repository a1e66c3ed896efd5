/** Sending a file and reading the answer while both are under way, for which only XMLHttpRequest has events. */

export interface Watching {
  signal: AbortSignal;
  /** How many of the file's bytes are sent. */
  onSent(bytes: number): void;
  /** What came since the last call, of an answer with status 200. */
  onText(text: string): void;
}

/** A browser copies all that has come whenever it is read: it is read again after this many times as long as that took. */
const share = 20;

/**
 * The answer; that of a 200 is without its text, which `onText` has. Rejects where the connection was lost, also
 * before the answer's end.
 */
export function upload(
  request: XMLHttpRequest,
  path: string,
  file: Blob,
  headers: Record<string, string>,
  { signal, onSent, onText }: Watching,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let read = 0;
    let next_ms = 0;
    const more = () => {
      if (request.status !== 200) return;
      const began_ms = performance.now();
      const text = request.responseText; // empty once the connection is lost
      const came = text.slice(read);
      next_ms = performance.now() + share * (performance.now() - began_ms);
      if (came) onText(came);
      read += came.length;
    };
    const stop = () => request.abort();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.upload.onload = () => onSent(file.size);
    request.onprogress = () => {
      if (performance.now() >= next_ms) more();
    };
    request.onload = () => {
      more();
      const { status } = request;
      const body = status === 200 ? null : request.responseText;
      resolve(new Response(body, { status, headers: named(request, "x-release", "retry-after") }));
    };
    request.onerror = () => reject(new TypeError("the connection was lost"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    if (signal.aborted) reject(new DOMException("stopped", "AbortError"));
    else request.send(file);
  });
}

function named(request: XMLHttpRequest, ...names: string[]): Headers {
  const headers = new Headers();
  for (const name of names) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}
