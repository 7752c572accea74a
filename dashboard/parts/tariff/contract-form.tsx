import { useState } from "preact/hooks";
import type { Contract, TariffComponent } from "../../../hub/http/schemas.ts";
import { inShort, KINDS, newComponent } from "../../words/tariff.ts";
import { Choice, Field } from "../field.tsx";
import { ComponentForm } from "./component-form.tsx";
import { PriceWeek } from "./price-picture.tsx";
import type { Around } from "./shared-fields.tsx";

interface Props {
  readonly contract: Contract;
  readonly around: Around;
  readonly today: string;
  readonly timeZone: string | undefined;
  /** An offer has no beginning. */
  readonly offer: boolean;
  readonly onChange: (contract: Contract) => void;
}

/** One contract: its name, from when it holds, and its parts in the order in which they are charged. */
export function ContractForm({ contract, around, today, timeZone, offer, onChange }: Props) {
  const [open, setOpen] = useState<number | undefined>(undefined);
  const { components } = contract;
  const set = (list: readonly TariffComponent[]) => onChange({ ...contract, components: list });
  const up = (at: number) => {
    const list = [...components];
    list.splice(at - 1, 0, ...list.splice(at, 1));
    setOpen(undefined);
    set(list);
  };
  return (
    <div class="stack">
      <div class="two">
        <Field
          label="Name"
          required
          maxLength={80}
          value={contract.name}
          onInput={(e) => onChange({ ...contract, name: e.currentTarget.value })}
        />
        {offer ? null : (
          <Field
            label="Holds from"
            type="date"
            required
            value={contract.validFrom}
            onInput={(e) => e.currentTarget.value && onChange({ ...contract, validFrom: e.currentTarget.value })}
          />
        )}
      </div>
      <ol class="tariff-parts">
        {components.map((component, i) => (
          <Part
            key={`${i}/${component.kind}/${components.length}`}
            component={component}
            around={around}
            open={open === i}
            first={i === 0}
            only={components.length < 2}
            onOpen={() => setOpen(open === i ? undefined : i)}
            onUp={() => up(i)}
            onRemove={() => {
              setOpen(undefined);
              set(components.filter((_, at) => at !== i));
            }}
            onChange={(c) => set(components.map((old, at) => (at === i ? c : old)))}
          />
        ))}
      </ol>
      <Choice
        label="Add a part"
        value=""
        options={[{ value: "", label: "Choose …" }, ...KINDS]}
        onChange={(value) => {
          const kind = KINDS.find((k) => k.value === value)?.value;
          if (!kind) return;
          set([...components, newComponent(kind)]);
          setOpen(components.length);
        }}
      />
      <PriceWeek contract={contract} day={today} currency={around.currency} timeZone={timeZone} />
    </div>
  );
}

interface PartProps {
  readonly component: TariffComponent;
  readonly around: Around;
  readonly open: boolean;
  readonly first: boolean;
  readonly only: boolean;
  readonly onOpen: () => void;
  readonly onUp: () => void;
  readonly onRemove: () => void;
  readonly onChange: (component: TariffComponent) => void;
}

function Part({ component, around, open, first, only, onOpen, onUp, onRemove, onChange }: PartProps) {
  const { label } = component;
  return (
    <li class="tariff-part">
      <div class="row spread">
        <button type="button" class="plain" aria-expanded={open} onClick={onOpen}>
          <b>{label}</b> <span class="quiet">{inShort(component, around.currency)}</span>
        </button>
        <span class="row">
          <button type="button" class="small" disabled={first} aria-label={`Move ${label} up`} onClick={onUp}>
            ↑
          </button>
          <button type="button" class="small" disabled={only} aria-label={`Remove ${label}`} onClick={onRemove}>
            Remove
          </button>
        </span>
      </div>
      {open ? <ComponentForm value={component} around={around} onChange={onChange} /> : null}
    </li>
  );
}
