/** Sending a file and reading the answer while both are under way, for which only XMLHttpRequest has events. */

export interface Watching {
  signal: AbortSignal;
  /** How many of the file's bytes are sent. */
  onSent(bytes: number): void;
  /** What came since the last call, of an answer with status 200. */
  onText(text: string): void;
}

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
    const more = () => {
      if (request.status !== 200) return;
      const text = request.responseText; // empty once the connection is lost
      if (text.length > read) onText(text.slice(read));
      read = Math.max(read, text.length);
    };
    const stop = () => request.abort();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.upload.onload = () => onSent(file.size);
    request.onprogress = more;
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
