import { Icon } from "../page/Icon";
import { Name } from "../page/Name";
import { counted, list } from "../words";
import { Scroll } from "./Scroll";
import type { Summary } from "./summary";
import { percent } from "./words";

/** As many classes are all listed, with or without rows. */
const always_shown = 8;

/** How far the models agree on a table, and what the vote says. */
export function AgreementSummary({ summary }: { summary: Summary }) {
  const { rows, predicted, unanimous, failed, byClass, pairs, missing } = summary;
  const figure = new Intl.NumberFormat("en");
  const named = [...byClass].map(([name, count], index) => ({ name, count, tone: index % 8 }));
  const shown = named.filter(({ count }) => count > 0 || named.length <= always_shown);
  const several = pairs.length > 0;
  return (
    <>
      <dl class="figures">
        <Figure
          name="rows answered"
          value={figure.format(predicted)}
          note={rows > predicted ? `of ${figure.format(rows)}` : ""}
        />
        {several && (
          <Figure
            name="all models agree"
            value={figure.format(unanimous)}
            note={percent(unanimous, predicted)}
          />
        )}
        {several && (
          <Figure
            name="models disagree"
            value={figure.format(predicted - unanimous)}
            note={percent(predicted - unanimous, predicted)}
          />
        )}
        <Figure
          name="rows without a prediction"
          value={figure.format(failed)}
          note={failed ? percent(failed, rows) : ""}
        />
      </dl>
      {missing.length > 0 && (
        <p class="notice warn">
          <Icon name="warning" />
          <span>
            {list(
              missing.map(({ model, rows: lacking }) => `${model} did not answer ${counted(lacking, "row")}`),
            )}
            . The vote there is of the others.
          </span>
        </p>
      )}
      <div class="tables">
        <Scroll class="bare" label="Rows by predicted class">
          <table class="cells counts">
            <caption>Rows by predicted class</caption>
            <thead>
              <tr>
                <th scope="col">class</th>
                <th scope="col">rows</th>
                <th scope="col">share</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ name, count, tone }) => (
                <tr key={name}>
                  <th scope="row">
                    <span class={`swatch tone-${tone}`} /> <Name>{name}</Name>
                  </th>
                  <td>{figure.format(count)}</td>
                  <td>{percent(count, predicted)}</td>
                </tr>
              ))}
            </tbody>
            {shown.length < named.length && (
              <tfoot>
                <tr>
                  <td colSpan={3}>
                    {counted(named.length - shown.length, "class", "classes")} without a row
                  </td>
                </tr>
              </tfoot>
            )}
          </table>
        </Scroll>
        {several && (
          <Scroll class="bare" label="Rows on which two models differ">
            <table class="cells counts">
              <caption>Rows on which two models differ</caption>
              <thead>
                <tr>
                  <th scope="col">models</th>
                  <th scope="col">rows</th>
                  <th scope="col">share</th>
                </tr>
              </thead>
              <tbody>
                {pairs.map(({ models: [first, second], differ, rows: both }) => (
                  <tr key={`${first} ${second}`}>
                    <th scope="row">
                      <Name>{first}</Name> and <Name>{second}</Name>
                    </th>
                    <td>{figure.format(differ)}</td>
                    <td>{percent(differ, both)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </div>
    </>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong> {note && <span class="muted">{note}</span>}
      </dd>
    </div>
  );
}
