import { percent } from "../figures/shares";
import { toneOf } from "../marks";
import { grouped } from "../numbers";
import { Fact } from "../page/Fact";
import { Name } from "../page/Name";
import { Notice } from "../page/Notice";
import { counted, list } from "../words";
import { SharesTable } from "./SharesTable";
import type { Summary } from "./summary";

/** As many classes are all listed, with or without rows. */
const always_shown = 8;

/** How far the models agree on a table, and what the vote says. */
export function AgreementSummary({ summary }: { summary: Summary }) {
  const { rows, predicted, unanimous, outside, failed, byClass, pairs, missing } = summary;
  const named = [...byClass].map(([name, count], index) => ({ name, count, tone: toneOf(index) }));
  const shown = named.filter(({ count }) => count > 0 || named.length <= always_shown);
  const hidden = named.length - shown.length;
  const several = pairs.length > 0;
  const differing = predicted - unanimous;
  return (
    <>
      <dl class="measures">
        <Measure
          name="rows answered"
          value={predicted}
          note={rows > predicted ? `of ${grouped(rows)}` : ""}
        />
        {several && (
          <>
            <Measure name="all models agree" value={unanimous} note={percent(unanimous, predicted)} />
            <Measure name="models disagree" value={differing} note={percent(differing, predicted)} />
          </>
        )}
        <Measure name="rows without a prediction" value={failed} note={failed ? percent(failed, rows) : ""} />
      </dl>
      {outside > 0 && (
        <Notice kind="warn">
          {counted(outside, "answered row")} {outside === 1 ? "holds" : "hold"} a number outside its training
          range. How often such answers are right is not known.
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice kind="warn">
          {list(
            missing.map(({ model, rows: lacking }) => `${model} did not answer ${counted(lacking, "row")}`),
          )}
          . The vote there is of the others.
        </Notice>
      )}
      <div class="tables">
        <SharesTable
          caption="Rows by predicted class"
          heads={["class", "rows", "share"]}
          lines={shown.map(({ name, count, tone }) => ({
            key: name,
            name: (
              <>
                <span class={`swatch ${tone}`} aria-hidden="true" />
                <Name>{name}</Name>
              </>
            ),
            count: grouped(count),
            share: percent(count, predicted),
          }))}
          rest={hidden ? `${counted(hidden, "class", "classes")} without a row` : undefined}
        />
        {several && (
          <SharesTable
            caption="Rows on which two models differ"
            heads={["models", "rows", "share"]}
            lines={pairs.map(({ models: [first, second], differ, rows: both }) => ({
              key: `${first} ${second}`,
              name: (
                <>
                  <Name>{first}</Name> and <Name>{second}</Name>
                </>
              ),
              count: grouped(differ),
              share: percent(differ, both),
            }))}
          />
        )}
      </div>
    </>
  );
}

function Measure({ name, value, note }: { name: string; value: number; note: string }) {
  return (
    <Fact name={name}>
      {grouped(value)} {note && <span class="muted">{note}</span>}
    </Fact>
  );
}
