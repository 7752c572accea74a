import type { ComponentType } from "preact";
import type { Step } from "../../../../hub/http/schemas.ts";
import { NumberField } from "../../../parts/entry-fields.tsx";
import { Condition } from "./condition.tsx";
import { Part, withItem } from "./fields.tsx";

type Kind<K extends Step["kind"]> = Extract<Step, { kind: K }>;

interface Inner {
  readonly of: readonly Step[];
  readonly depth: number;
  readonly path: string;
  readonly onChange: (steps: readonly Step[]) => void;
}

interface Props<S extends Step> {
  readonly of: S;
  readonly depth: number;
  readonly title: string;
  readonly onChange: (step: Step) => void;
  /** The list of steps: it holds this one, and this one holds lists. */
  readonly Steps: ComponentType<Inner>;
}

/** Steps that hold steps: choices and rounds. */
export const Flow = ({ of, ...rest }: Props<Kind<"choose" | "repeat">>) =>
  of.kind === "choose" ? <Choose of={of} {...rest} /> : <Repeat of={of} {...rest} />;

function Choose({ of, depth, title, onChange, Steps }: Props<Kind<"choose">>) {
  return (
    <div class="stack rule-group">
      {of.options.map((option, i) => {
        const name = `${title}, choice ${i + 1}`;
        const put = (next: typeof option | undefined) => onChange({ ...of, options: withItem(of.options, i, next) });
        return (
          <Part key={i} title={name} onRemove={of.options.length > 1 ? () => put(undefined) : undefined}>
            <Condition of={option.if} depth={1} title="If" onChange={(c) => put({ ...option, if: c })} />
            <Steps
              of={option.do}
              depth={depth + 1}
              path={`choice ${i + 1}, `}
              onChange={(steps) => put({ ...option, do: steps })}
            />
          </Part>
        );
      })}
      <div class="row">
        <button
          type="button"
          class="small"
          onClick={() => onChange({ ...of, options: [...of.options, { if: { kind: "all", of: [] }, do: [] }] })}
        >
          Or if …
        </button>
      </div>
      <Part title={`${title}, otherwise`}>
        <Steps
          of={of.otherwise ?? []}
          depth={depth + 1}
          path="otherwise, "
          onChange={(steps) => onChange({ ...of, otherwise: steps.length > 0 ? steps : undefined })}
        />
      </Part>
    </div>
  );
}

function Repeat({ of, depth, title, onChange, Steps }: Props<Kind<"repeat">>) {
  return (
    <>
      <NumberField
        label="Rounds at most"
        min={1}
        max={1000}
        step={1}
        value={of.times}
        onChange={(times) => onChange({ ...of, times })}
      />
      {of.while ? (
        <Condition
          of={of.while}
          depth={1}
          title={`${title}, as long as`}
          onChange={(c) => onChange({ ...of, while: c })}
          onRemove={() => onChange({ ...of, while: undefined })}
        />
      ) : (
        <div class="row">
          <button type="button" class="small" onClick={() => onChange({ ...of, while: { kind: "all", of: [] } })}>
            Only as long as …
          </button>
        </div>
      )}
      <Steps of={of.do} depth={depth + 1} path="round, " onChange={(steps) => onChange({ ...of, do: steps })} />
    </>
  );
}
