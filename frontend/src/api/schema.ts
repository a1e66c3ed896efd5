/** The gateway's messages, named. `api.d.ts` is generated from its OpenAPI document. */
import type { components } from "../api";

type Schemas = components["schemas"];

export type Feature = Schemas["Feature"];
export type Models = Schemas["Models"];
export type ModelCard = Schemas["ModelCard"];
export type Prediction = Schemas["Prediction"];
export type MemberAnswer = Schemas["MemberAnswer"];
export type Status = MemberAnswer["status"];
export type Warning = Schemas["InputWarning"];
export type Vote = Schemas["Vote"];
export type BatchPrediction = Schemas["BatchPrediction"];
export type Dataset = Schemas["Dataset"];
export type TableColumns = Schemas["TableColumns"];
export type Readiness = Schemas["Readiness"];
export type Problem = Schemas["Problem"];

/** One question: a value for each named feature, null where it is missing. */
export type Instance = Record<string, number | string | boolean | null>;
