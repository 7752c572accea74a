import type { z } from "zod";

interface PlainIssue {
  readonly path: readonly string[];
  readonly message: string;
}

const MAX_ISSUES = 10;

/** What a schema says against something, at the place that it is really about: of several ways the one that was meant. */
export const plainIssues = (issues: readonly z.core.$ZodIssue[]): readonly PlainIssue[] =>
  issues.flatMap((issue) => within(issue, [])).slice(0, MAX_ISSUES);

function within(issue: z.core.$ZodIssue, above: readonly string[]): readonly PlainIssue[] {
  const path = [...above, ...issue.path.map(String)];
  const meant = issue.code === "invalid_union" ? meantOf(issue.errors) : undefined;
  return meant?.length ? meant.flatMap((one) => within(one, path)) : [{ path, message: issue.message }];
}

/** The way whose kind is right and that has the least against it; undefined where none is of the kind. */
const meantOf = (ways: readonly (readonly z.core.$ZodIssue[])[]) =>
  ways
    .filter(
      (way) =>
        !way.some(({ path, code }) =>
          path.length === 0 ? code === "invalid_type" : path[0] === "kind" && path.length === 1,
        ),
    )
    .toSorted((a, b) => a.length - b.length)[0];
