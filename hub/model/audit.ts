/** One line of the audit log: who did or decided what, and why. */
export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  /** A person's name, `plan:<id>`, `hub`, `model:<name>`. */
  readonly by: string;
  /** Kebab-case: `command-asked`, `command-outcome`, `wish-stated`, `proposal-refused`, `plan-approved`, `rule-fired` … */
  readonly what: string;
  readonly subject: string;
  readonly detail: string;
}
