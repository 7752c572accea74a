import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SwitchView } from "../../../hub/http/schemas/house-state.ts";

type KeptOne = Pick<SwitchView, "id" | "name" | "usedBy">;

interface RowProps {
  readonly one: KeptOne;
  /** What is said behind its name. */
  readonly said?: string;
  /** What the button says that opens the form. */
  readonly changeWord: string;
  /** The form that changes it; `close` shows the row again. */
  readonly form: (close: () => void) => ComponentChildren;
  readonly onRemove: () => void;
}

/** A switch or a number of the house in its list: changed in place, and removed once it is said what would miss it. */
export function KeptRow({ one, said, changeWord, form, onRemove }: RowProps) {
  const [doing, setDoing] = useState<"nothing" | "changing" | "removing">("nothing");
  if (doing === "changing") return <>{form(() => setDoing("nothing"))}</>;
  return (
    <>
      <div class="row spread">
        <span>
          <a href={`#/node/${encodeURIComponent(one.id)}`}>{one.name}</a>
          {said ? <span class="quiet"> {said}</span> : null}
        </span>
        <span class="row">
          <button type="button" class="plain" onClick={() => setDoing("changing")}>
            {changeWord}
            <span class="heard"> {one.name}</span>
          </button>
          <button type="button" class="plain" onClick={() => setDoing("removing")}>
            Remove …<span class="heard"> {one.name}</span>
          </button>
        </span>
      </div>
      {doing === "removing" ? (
        <div class="stack">
          <p>{missing(one)}</p>
          <div class="row">
            <button type="button" onClick={onRemove}>
              Yes, remove {one.name}
            </button>
            <button type="button" class="plain" onClick={() => setDoing("nothing")}>
              Keep it
            </button>
          </div>
        </div>
      ) : null}
    </>
  );
}

/** What a removal would leave behind. */
function missing({ usedBy }: KeptOne): string {
  if (usedBy.length === 0) return "No rule and no scene names it. Its history stays.";
  const named = usedBy.map(({ kind, title }) => `the ${kind} "${title}"`).join(", ");
  return `It is named by ${named}: ${usedBy.length === 1 ? "it" : "they"} would miss it. Change ${usedBy.length === 1 ? "that" : "those"} first, or remove it all the same.`;
}
