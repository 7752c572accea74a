/** Switches a rule on or off. */
export function RuleSwitch({
  title,
  enabled,
  onEnable,
}: {
  readonly title: string;
  readonly enabled: boolean;
  readonly onEnable: (enabled: boolean) => void;
}) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={enabled}
      aria-label={`${title}: enabled`}
      onClick={() => onEnable(!enabled)}
    >
      <span class="knob" />
    </button>
  );
}
