import { ICONS } from "./icons.ts";

/** A drawing beside words that say the same; hidden from those who hear the page. */
export function Icon({ name, class: extra = "" }: { readonly name: string; readonly class?: string }) {
  const path = Object.hasOwn(ICONS, name) ? ICONS[name] : ICONS.plug;
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path ?? ""} />
    </svg>
  );
}
