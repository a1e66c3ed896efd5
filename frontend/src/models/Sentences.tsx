/** What the trainer wrote, a sentence or two an item. */
export function Sentences({ sentences }: { sentences: readonly string[] }) {
  if (!sentences.length) return null;
  return (
    <ul class="sentences">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
