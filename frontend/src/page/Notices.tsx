import { sentence } from "../api/failure";
import { date } from "../numbers";
import type { Misfit } from "../state/permalink";
import type { Question, Rebuilt } from "../state/question";
import type { Watch } from "../state/watch";
import { counted } from "../words";
import { Notice } from "./Notice";

interface Props {
  watch: Watch;
  question: Question;
  misfit: Misfit;
}

/** What changed, or is held back, besides the answer. */
export function Notices({ watch, question, misfit }: Props) {
  const rebuilt = question.rebuilt.value;
  const refused = Object.entries(watch.readiness.value?.refused ?? {});
  return (
    <div role="status">
      {rebuilt && (
        <Notice kind="info">
          Another release, of {date(rebuilt.created)}, is being served. {rebuiltWords(rebuilt)}
        </Notice>
      )}
      {misfit && (
        <Notice kind="warn">
          This address was made for another table: {misfit.kept || "none"} of its{" "}
          {counted(misfit.of, "value")} {misfit.kept === 1 ? "fits" : "fit"}.
        </Notice>
      )}
      {refused.map(([backend, why]) => (
        <Notice key={backend} kind="warn">
          {sentence(`A newer release was refused by ${backend}, so this one stays: ${why}`)}
        </Notice>
      ))}
    </div>
  );
}

export function rebuiltWords({ kept, of }: Pick<Rebuilt, "kept" | "of">): string {
  if (kept === 0) return "It is made from another table, so the form starts anew.";
  const values =
    kept === of ? (of === 1 ? "its value was" : `all ${of} values were`) : `${kept} of ${of} values were`;
  return `The form was rebuilt; ${values} kept.`;
}
