import type { Feature } from "../api/schema";
import { Name } from "../page/Name";
import { Scroll } from "../page/Scroll";
import { meanText, missingText, valuesText } from "./features";

/** The columns that a prediction is made from. */
export function FeatureTable({ features }: { features: readonly Feature[] }) {
  return (
    <Scroll label="Features and what the training rows held of them">
      <table class="cells">
        <caption class="unseen">Features and what the training rows held of them</caption>
        <thead>
          <tr>
            <th scope="col">feature</th>
            <th scope="col">kind</th>
            <th scope="col">values</th>
            <th scope="col">unit</th>
            <th scope="col">mean</th>
            <th scope="col">missing</th>
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <tr key={feature.name}>
              <th scope="row">
                <Name>{feature.name}</Name>
              </th>
              <td>{feature.kind}</td>
              <td>{valuesText(feature)}</td>
              <td>{feature.unit}</td>
              <td>{meanText(feature)}</td>
              <td>{missingText(feature)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
