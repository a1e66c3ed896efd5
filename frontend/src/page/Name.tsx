import { Fragment } from "preact";

/** A name as the release gives it, which may break after its underscores and the like. */
export function Name({ children }: { children: string }) {
  const parts = children.split(/(?<=[_/.-])(?=.)/);
  return parts.map((part, index) => (
    <Fragment key={`${index}${part}`}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
