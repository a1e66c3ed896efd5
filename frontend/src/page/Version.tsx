/** A release or a server's own version, of which the page shows what tells it from others. */
export function Version({ version }: { version: string }) {
  return (
    <abbr title={version} aria-label={version}>
      {shortVersion(version)}
    </abbr>
  );
}

/** The digits that end a release's id; a server without releases has versions of its own, which stay whole. */
export const shortVersion = (version: string) => /-([0-9a-f]{12})$/.exec(version)?.[1] ?? version;
