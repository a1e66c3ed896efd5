import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

const icons = { info: "info", warn: "warning", bad: "cross" } as const;

interface Props {
  kind: keyof typeof icons;
  /** Said at once to those who do not see it. */
  alert?: boolean;
  children: ComponentChildren;
}

/** Something to know. */
export function Notice({ kind, alert = false, children }: Props) {
  return (
    <div class={kind === "info" ? "notice" : `notice ${kind}`} {...(alert && { role: "alert" })}>
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  );
}
