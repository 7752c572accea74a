import type { DeviceTypeView } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../../parts/field.tsx";
import type { Draft } from "./mapping-draft.ts";

interface HeadProps {
  readonly draft: Draft;
  readonly types: readonly DeviceTypeView[];
  readonly problems: Readonly<Record<string, string>>;
  readonly change: (change: Partial<Draft["head"]>) => void;
}

/** What the device is, apart from its values. */
export function MappingHead({ draft, types, problems, change }: HeadProps) {
  const { head } = draft;
  return (
    <>
      <div class="two">
        <Field
          label="Name"
          required
          maxLength={80}
          value={head.name}
          problem={problems.name}
          onInput={(e) => change({ name: e.currentTarget.value })}
        />
        <Choice
          label="What it is"
          value={head.type ?? ""}
          options={[{ value: "", label: "by its values" }, ...types.map((t) => ({ value: t.name, label: t.label }))]}
          onChange={(type) => change({ type: type || undefined })}
        />
      </div>
      <details>
        <summary>Maker, and how it says that it is there</summary>
        <div class="two">
          <Facts {...{ draft, types, problems, change }} />
        </div>
      </details>
    </>
  );
}

function Facts({ draft: { head }, problems, change }: HeadProps) {
  const { availability } = head;
  const presence = (part: Partial<NonNullable<typeof availability>>) =>
    change({ availability: { topic: "", online: "online", offline: "offline", ...availability, ...part } });
  return (
    <>
      <Field
        label="Maker"
        maxLength={80}
        value={head.vendor ?? ""}
        problem={problems.vendor}
        onInput={(e) => change({ vendor: e.currentTarget.value })}
      />
      <Field
        label="Model"
        maxLength={80}
        value={head.model ?? ""}
        problem={problems.model}
        onInput={(e) => change({ model: e.currentTarget.value })}
      />
      <Field
        label="Values are old after minutes of silence"
        type="number"
        min={1}
        max={100_000}
        hint="empty: they hold until the next"
        value={head.silentAfterMinutes ?? ""}
        problem={problems.silentAfterMinutes}
        onInput={(e) => change({ silentAfterMinutes: Number(e.currentTarget.value) || undefined })}
      />
      <Field
        label="Topic that says whether it is there"
        maxLength={300}
        spellcheck={false}
        value={availability?.topic ?? ""}
        problem={problems["availability.topic"]}
        onInput={(e) => presence({ topic: e.currentTarget.value })}
      />
      <Field
        label="Its word for being there"
        maxLength={100}
        value={availability?.online ?? "online"}
        problem={problems["availability.online"]}
        onInput={(e) => presence({ online: e.currentTarget.value })}
      />
      <Field
        label="Its word for being away"
        maxLength={100}
        value={availability?.offline ?? "offline"}
        problem={problems["availability.offline"]}
        onInput={(e) => presence({ offline: e.currentTarget.value })}
      />
    </>
  );
}
