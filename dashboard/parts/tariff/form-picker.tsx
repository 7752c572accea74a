import { useState } from "preact/hooks";
import type { TariffForms } from "../../../hub/http/schemas.ts";
import { Choice } from "../field.tsx";

type Form = TariffForms["forms"][number];

interface Props {
  readonly forms: readonly Form[];
  readonly currency: string;
  readonly onPick: (form: Form | undefined, as: "contracts" | "offers") => void;
}

/** Real forms of tariff to begin from; the numbers are examples that the person changes. */
export function FormPicker({ forms, currency, onPick }: Props) {
  const [id, setId] = useState("");
  const form = forms.find((f) => f.id === id);
  const own = (f: Form) => (f.currency === currency ? "" : ` (${f.currency})`);
  return (
    <div class="stack">
      <Choice
        label="Begin from"
        value={id}
        options={[
          { value: "", label: "One price, to build on" },
          ...forms.map((f) => ({ value: f.id, label: `${f.name}${own(f)}` })),
        ]}
        onChange={setId}
      />
      {form ? <p class="quiet">{form.words} The numbers are examples: put in those of your contract.</p> : null}
      <div class="row">
        <button type="button" onClick={() => onPick(form, "contracts")}>
          It is my tariff from today
        </button>
        <button type="button" onClick={() => onPick(form, "offers")}>
          Only compare with it
        </button>
      </div>
    </div>
  );
}
