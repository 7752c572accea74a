/** Something that stops the hub from starting, with what to do about it. Printed without a stack; exit code 1. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** The rooms throw errors of their own classes; they share this shape. */
export function isFault(error: unknown): error is Error & Fault {
  return error instanceof Error && "code" in error && "fix" in error && typeof error.fix === "string";
}
