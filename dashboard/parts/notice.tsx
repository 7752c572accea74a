import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

/** Something to read at once: `bad` for what failed, `warn` for doubt, `calm` for the rest. */
export function Notice({
  tone = "calm",
  children,
}: {
  readonly tone?: "calm" | "warn" | "bad" | "good";
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {tone === "good" ? <Icon name="check" /> : tone === "calm" ? null : <Icon name="alert" />}
      <div>{children}</div>
    </div>
  );
}
