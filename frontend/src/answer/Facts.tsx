import { Name } from "../page/Name";

/** Small print: a list of names and values, without those that are absent. */
export function Facts({ facts }: { facts: Record<string, string | null | undefined> }) {
  const known = Object.entries(facts).filter(([, value]) => value);
  if (!known.length) return null;
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Name>{value ?? ""}</Name>
          </dd>
        </div>
      ))}
    </dl>
  );
}
