/** What `is …` asks. */
import type { Run } from "./frame.ts";
import { compare, contains, equal, float, isDict, isList, number, TemplateError, text, truth } from "./python.ts";
import { matches } from "./regex.ts";

/** Comparing costs by size. */
const weighed =
  (test: (a: unknown, b: unknown) => boolean): Test =>
  (run, a, b) => {
    run.through(a);
    run.through(b);
    return test(a, b);
  };

export type Test = (run: Run, value: unknown, ...args: readonly unknown[]) => boolean;

const regexTest =
  (atStart: boolean): Test =>
  (run, value, pattern, ignoreCase) => {
    return matches(run, text(value), text(pattern), truth(ignoreCase), atStart);
  };

const ge: Test = (_, a, b) => compare(a, b) >= 0;
const gt: Test = (_, a, b) => compare(a, b) > 0;
const le: Test = (_, a, b) => compare(a, b) <= 0;
const lt: Test = (_, a, b) => compare(a, b) < 0;
const eq = weighed((a, b) => equal(a, b));
const ne = weighed((a, b) => !equal(a, b));
const isNumber: Test = (_, a) => typeof a !== "boolean" && float(a) !== undefined;
const isTrue: Test = (_, a) => a === true;

/** By name; several names may mean one test. */
export const tests: Readonly<Record<string, Test>> = {
  defined: (_, a) => a !== undefined,
  undefined: (_, a) => a === undefined,
  none: (_, a) => a === null,
  None: (_, a) => a === null,
  number: (_, a) => typeof a === "number",
  integer: (_, a) => Number.isInteger(a),
  float: (_, a) => typeof a === "number" && !Number.isInteger(a),
  string: (_, a) => typeof a === "string",
  string_like: (_, a) => typeof a === "string",
  boolean: (_, a) => typeof a === "boolean",
  true: isTrue,
  True: isTrue,
  false: (_, a) => a === false,
  False: (_, a) => a === false,
  mapping: (_, a) => isDict(a),
  list: (_, a) => isList(a),
  sequence: (_, a) => isList(a) || typeof a === "string",
  iterable: (_, a) => isList(a) || isDict(a) || typeof a === "string",
  even: (_, a) => number(a) % 2 === 0,
  odd: (_, a) => Math.abs(number(a) % 2) === 1,
  lower: weighed((a) => text(a) === text(a).toLowerCase()),
  upper: weighed((a) => text(a) === text(a).toUpperCase()),
  divisibleby: (_, a, b) => number(a) % number(b) === 0,
  ...{ eq, equalto: eq, "==": eq, sameas: eq, ne, "!=": ne },
  ...{ gt, greaterthan: gt, ">": gt, ge, ">=": ge, lt, lessthan: lt, "<": lt, le, "<=": le },
  in: weighed((a, b) => contains(b, a)),
  contains: weighed((a, b) => contains(a, b)),
  match: regexTest(true),
  search: regexTest(false),
  is_number: isNumber,
};

/** The test of this name; throws a TemplateError where there is none. */
export function testOf(name: string): Test {
  const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
  if (!test) throw new TemplateError(`uses the test ${name.slice(0, 40)}, which there is not`);
  return test;
}
