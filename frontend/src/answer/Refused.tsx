import { sentence } from "../api/failure";
import { Icon } from "../page/Icon";

/** Some values were refused; the fields say which and why. */
export function Refused({ general }: { general: readonly string[] }) {
  return (
    <div class="panel verdict failed" role="alert">
      <h2>
        <Icon name="cross" /> Some values were not accepted
      </h2>
      {general.length ? (
        general.map((text) => <p key={text}>{sentence(text)}</p>)
      ) : (
        <p>Each field in question says what is wrong. Everything you entered is kept.</p>
      )}
    </div>
  );
}
