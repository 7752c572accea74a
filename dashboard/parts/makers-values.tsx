import { useState } from "preact/hooks";
import type { ArgView, AttributeView, Value } from "../../hub/http/schemas.ts";
import type { Act, Target, Wanted } from "../acting.ts";
import { AttributeRow, type RowProps } from "./attribute-row.tsx";
import { CommandForm } from "./command-form.tsx";
import { WantedNote } from "./wanted-note.tsx";

interface Props extends RowProps {
  readonly target: Target;
  readonly name: string;
  readonly attributes: readonly AttributeView[];
  readonly wanted: (target: Target) => Wanted | undefined;
  readonly act: Act;
  /** Nothing else is told here, so that there is nothing to keep them from. */
  readonly alone: boolean;
}

/** So many are read at a glance; more can be searched. */
const GLANCE = 20;
/** So many beside what every such device tells are in nobody's way. */
const FEW = 4;

/** What only the maker of a device has: for those who look for it, each with what sets it. */
export function MakersValues(props: Props) {
  const { attributes, alone, charted } = props;
  const [text, setText] = useState("");
  if (attributes.length === 0) return null;
  const searched = attributes.length > GLANCE;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const said = (a: AttributeView) => `${a.label} ${a.attribute} ${a.unitText ?? ""}`.toLowerCase();
  const found = words.length === 0 ? attributes : attributes.filter((a) => words.every((w) => said(a).includes(w)));
  const open = alone || attributes.length <= FEW || attributes.some((a) => a.key === charted);
  return (
    <details class="makers" open={open}>
      <summary>
        <h3>The maker’s own values</h3> <span class="quiet small-text">{attributes.length}</span>
      </summary>
      {searched ? (
        <div class="row">
          <input
            type="search"
            class="finder"
            value={text}
            maxLength={80}
            aria-label="Find one of the maker’s own values"
            placeholder="Find a value"
            onInput={(e) => setText(e.currentTarget.value)}
          />
          <p class="quiet small-text" role="status">
            {words.length === 0 ? "" : `${found.length} of ${attributes.length}`}
          </p>
        </div>
      ) : null}
      <ul class="attributes">
        {found.map((a) => (
          <MakersRow key={a.key} {...props} attribute={a} />
        ))}
      </ul>
    </details>
  );
}

function MakersRow({ attribute: a, target, name, wanted, act, ...row }: Props & { readonly attribute: AttributeView }) {
  if (!a.writable) return <AttributeRow {...row} attribute={a} />;
  const told = row.known(a.key);
  const start: Record<string, Value> = told.status === "unknown" ? {} : { [a.attribute]: told.value };
  const state = wanted(target);
  const mine = state && Object.hasOwn(state.args, a.attribute) ? state : undefined;
  return (
    <AttributeRow {...row} attribute={a}>
      <CommandForm
        label="Set"
        says={`Set ${a.label}`}
        capability={a.capability}
        args={[argOf(a)]}
        start={start}
        busy={mine?.state === "waiting"}
        onSend={(args) => void act(target, "set", args, `${name}: ${a.label}`)}
      />
      <WantedNote wanted={mine} />
    </AttributeRow>
  );
}

/** What can be written is the one argument of `set`. */
export function argOf(a: AttributeView): ArgView {
  const { attribute, label, type, unit, unitText, min, max, step, values, words } = a;
  return { name: attribute, label, type, unit, unitText, min, max, step, values, words, optional: false };
}
