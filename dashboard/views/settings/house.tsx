import { useState } from "preact/hooks";
import type { HouseView } from "../../../hub/http/schemas/house-state.ts";
import { inWords, put } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { house, scenes } from "../../store.ts";
import { OwnModes } from "./house-modes.tsx";
import { HouseNumbers } from "./house-numbers.tsx";
import { People } from "./house-people.tsx";
import { Scenes } from "./house-scenes.tsx";
import { SpecialDays } from "./house-spans.tsx";
import { HouseSwitches } from "./house-switches.tsx";

/** Who lives here, the house's scenes, switches, numbers, its own modes and its special days. */
export function HousePage() {
  const now = house.value;
  const [problem, setProblem] = useState("");
  if (!now || !scenes.value) return <p class="quiet loading">Reading …</p>;
  /** True when it was saved. */
  const save = async (path: string, body: object): Promise<boolean> => {
    try {
      house.value = await put<HouseView>(path, body);
      setProblem("");
      return true;
    } catch (error) {
      setProblem(inWords(error));
      return false;
    }
  };
  return (
    <div class="stack">
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <People now={now} save={save} />
      <Scenes all={scenes.value} />
      <HouseSwitches />
      <HouseNumbers />
      <OwnModes now={now} save={save} />
      <SpecialDays now={now} save={save} />
    </div>
  );
}
