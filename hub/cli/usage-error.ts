/** Something that was typed wrongly or can't be done, with the fix. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code: string;
  readonly fix: string;

  constructor(code: string, message: string, fix: string) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}
