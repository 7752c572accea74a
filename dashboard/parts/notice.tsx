import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
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

/** Why something that was asked did not happen, brought into sight: its button may be far below. */
export function Failed({ why }: { readonly why: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: "center" }), [why]);
  return (
    <div ref={place}>
      <Notice tone="bad">{why}</Notice>
    </div>
  );
}
