import { useId, useState } from "preact/hooks";

const EXAMPLES = [
  "Car at 80 % by 7:00, spend as little as possible, living room never under 19 °C",
  "Dishwasher done by 7 in the morning, when it is cheapest",
  "Hot water at 55 °C by 6:30 with as little CO₂ as possible",
  "No standby power for the TV corner",
];

interface Props {
  /** Whether to show what can be wished for; who has wished before knows. */
  readonly examples: boolean;
  /** Whether the hub took it; what was typed stays where it did not. */
  readonly onTell: (text: string) => Promise<boolean>;
  /** Goals without words. */
  readonly onForm: () => void;
}

/** Where a person says what they wish for. */
export function GoalBox({ examples, onTell, onForm }: Props) {
  const id = useId();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const tell = async () => {
    if (text.trim() === "") return;
    setBusy(true);
    if (await onTell(text.trim())) setText("");
    setBusy(false);
  };
  return (
    <form
      class="card stack goal-box"
      onSubmit={(e) => {
        e.preventDefault();
        void tell();
      }}
    >
      <label for={id}>What do you wish for?</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        placeholder={EXAMPLES[0]}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
      />
      {examples ? (
        <fieldset class="examples">
          <legend class="quiet small-text">For example</legend>
          {EXAMPLES.map((example) => (
            <button type="button" class="example" key={example} onClick={() => setText(example)}>
              {example}
            </button>
          ))}
        </fieldset>
      ) : null}
      <div class="row">
        <button type="submit" class="primary" disabled={busy || text.trim() === ""}>
          Read my wish
        </button>
        <button type="button" onClick={onForm}>
          Fill in a form instead
        </button>
      </div>
    </form>
  );
}
