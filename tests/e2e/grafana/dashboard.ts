// A dashboard of ours, by Grafana's types; these leave open what a panel's options and its queries are.
import type * as dashboard from "@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen";
import type * as barGauge from "@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen";
import type * as stateTimeline from "@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen";
import type * as stat from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";
import type * as table from "@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen";
import type * as timeSeries from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";

/** Of the Prometheus source, whose types are in no package of its own. */
interface Query {
  refId: string;
  expr: string;
  legendFormat?: string;
  instant?: boolean;
  range?: boolean;
  format?: "time_series" | "table" | "heatmap";
}

/** Of Grafana's units, which are strings to its types, those that are used. */
type Unit = "bytes" | "none" | "percentunit" | "reqps" | "s" | "short";

type Some<T> = T extends Array<infer Item> ? Array<Some<Item>> : T extends object ? { [Key in keyof T]?: Some<T[Key]> } : T;

interface Panel<Type extends string, Options, Custom>
  extends Omit<dashboard.Panel, "type" | "options" | "fieldConfig" | "targets" | "id" | "title" | "description" | "gridPos"> {
  type: Type;
  id: number;
  title: string;
  description: string;
  gridPos: { h: number; w: number; x: number; y: number };
  datasource: { type: "prometheus"; uid: "prometheus" };
  targets: Query[];
  options?: Some<Options>;
  fieldConfig: Omit<dashboard.FieldConfigSource, "defaults"> & {
    defaults: Omit<dashboard.FieldConfig, "custom" | "unit"> & { custom?: Some<Custom>; unit?: Unit };
  };
}

export interface Dashboard extends Omit<dashboard.Dashboard, "panels" | "uid" | "title" | "description"> {
  uid: string;
  title: string;
  description: string;
  panels: Array<
    | Panel<"timeseries", timeSeries.Options, timeSeries.FieldConfig>
    | Panel<"stat", stat.Options, never>
    | Panel<"bargauge", barGauge.Options, never>
    | Panel<"state-timeline", stateTimeline.Options, stateTimeline.FieldConfig>
    | Panel<"table", table.Options, table.FieldConfig>
  >;
}
