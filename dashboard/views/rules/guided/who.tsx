import type { HouseView } from "../../../../hub/http/schemas/house-state.ts";
import { Choice } from "../../../parts/field.tsx";
import { house } from "../../../store.ts";

const MODES = ["home", "away", "night", "holiday"];

/** The house's modes to choose from. */
export const modeOptions = (now: HouseView | undefined) =>
  (now?.modes ?? MODES).map((value) => ({ value, label: value }));

/** A person of the house, anyone or everyone. */
export function Who({ value, onChange }: { readonly value: string; readonly onChange: (who: string) => void }) {
  const people = (house.value?.people ?? []).map((p) => ({ value: p.name, label: p.name }));
  const all = [{ value: "anyone", label: "anyone" }, { value: "everyone", label: "everyone" }, ...people];
  const own = all.some((o) => o.value === value) ? [] : [{ value, label: value }];
  return <Choice label="Who" value={value} options={[...all, ...own]} onChange={onChange} />;
}

/** An entry of the house's calendar. */
export function Entry({ value, onChange }: { readonly value: string; readonly onChange: (entry: string) => void }) {
  const all = [...new Set(["holiday", "absence", ...(house.value?.spans.map((s) => s.entry) ?? []), value])];
  return <Choice label="Day" value={value} options={all.map((e) => ({ value: e, label: e }))} onChange={onChange} />;
}
