import type { ComponentType } from "preact";
import type { Step } from "../../../../hub/http/schemas.ts";
import { NumberField, TextField } from "../../../parts/entry-fields.tsx";
import { Part, withItem } from "./fields.tsx";
import { Message } from "./small-steps.tsx";

type AskStep = Extract<Step, { kind: "ask" }>;

interface Props {
  readonly of: AskStep;
  readonly depth: number;
  readonly title: string;
  readonly onChange: (step: Step) => void;
  readonly Steps: ComponentType<{
    readonly of: readonly Step[];
    readonly depth: number;
    readonly path: string;
    readonly onChange: (steps: readonly Step[]) => void;
  }>;
}

/** As many as the hub takes. */
const MAX_ANSWERS = 4;

export const freshQuestion = (): AskStep => ({
  ...{ kind: "ask", title: "", atMostMinutes: 60 },
  answers: [
    { name: "Yes", do: [] },
    { name: "No", do: [] },
  ],
});

/** What people are asked, and what is done after each answer. */
export function Ask({ of, depth, title, onChange, Steps }: Props) {
  return (
    <div class="stack rule-group">
      <Message of={of} label="Ask" onChange={onChange} />
      <NumberField
        label="Wait for an answer at most (minutes)"
        min={1}
        max={1440}
        value={of.atMostMinutes}
        onChange={(n) => onChange({ ...of, atMostMinutes: n ?? 0 })}
      />
      {of.answers.map((answer, i) => {
        const put = (next: typeof answer | undefined) => onChange({ ...of, answers: withItem(of.answers, i, next) });
        return (
          <Part
            key={i}
            title={`${title}, answer ${i + 1}`}
            onRemove={of.answers.length > 1 ? () => put(undefined) : undefined}
          >
            <TextField
              label="Answer"
              hint="as it stands on its button"
              maxLength={40}
              value={answer.name}
              onChange={(name) => put({ ...answer, name })}
            />
            <Steps
              of={answer.do}
              depth={depth + 1}
              path={`answer ${i + 1}, `}
              onChange={(steps) => put({ ...answer, do: steps })}
            />
          </Part>
        );
      })}
      {of.answers.length < MAX_ANSWERS ? (
        <div class="row">
          <button
            type="button"
            class="small"
            onClick={() => onChange({ ...of, answers: [...of.answers, { name: "", do: [] }] })}
          >
            Another answer
          </button>
        </div>
      ) : null}
      <Part title={`${title}, without an answer`}>
        <Steps
          of={of.otherwise ?? []}
          depth={depth + 1}
          path="without an answer, "
          onChange={(steps) => onChange({ ...of, otherwise: steps.length > 0 ? steps : undefined })}
        />
      </Part>
    </div>
  );
}
