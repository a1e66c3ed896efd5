import type { ComponentChildren } from "preact";
import { Scroll } from "../page/Scroll";

interface Props {
  caption: string;
  /** What each line is about, what was counted, and what that is a share of. */
  heads: readonly [string, string, string];
  lines: readonly Line[];
  /** What the lines leave out. */
  rest?: string | undefined;
}

interface Line {
  key: string;
  name: ComponentChildren;
  count: string;
  share: string;
}

/** Counts of rows and their shares, a line for each name. */
export function SharesTable({ caption, heads, lines, rest }: Props) {
  return (
    <Scroll label={caption}>
      <table class="cells shares">
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, count, share }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{count}</td>
              <td>{share}</td>
            </tr>
          ))}
        </tbody>
        {rest && (
          <tfoot>
            <tr>
              <td colSpan={3}>{rest}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </Scroll>
  );
}
