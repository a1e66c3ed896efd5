import type { Scales } from "./scales";

/** The numbers beside the plot, and thin lines through it. What they measure stands beside it in words. */
export function Axes({ scales: { width, height, x_ticks, y_ticks } }: { scales: Scales }) {
  return (
    <g class="axes">
      {x_ticks.map(({ at, text }) => (
        <g key={text} transform={`translate(${at},0)`}>
          <line y2={height + 4} />
          <text y={height + 17} text-anchor="middle">
            {text}
          </text>
        </g>
      ))}
      {y_ticks.map(({ at, text }) => (
        <g key={text} transform={`translate(0,${at})`}>
          <line x1={-4} x2={width} />
          <text x={-8} dy="0.35em" text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      <rect width={width} height={height} />
    </g>
  );
}
