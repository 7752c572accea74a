/** Bodies with one place changed: the raw material of most checks. */
import type { Body, Report } from "./firmware.ts";

const isTree = (body: Body | undefined): body is readonly Body[] | { readonly [key: string]: Body } =>
  typeof body === "object" && body !== null;

const partsOf = (field: string): string[] => (field === "" ? [] : field.split("."));

function child(body: Body, key: string): Body | undefined {
  if (!isTree(body) || !Object.hasOwn(body, key)) return undefined;
  const value: unknown = Reflect.get(body, key);
  return value as Body;
}

/** What a body holds at a path of keys joined by dots; undefined where there is nothing. */
export const valueAt = (body: Body, field: string): Body | undefined =>
  partsOf(field).reduce<Body | undefined>((at, key) => (at === undefined ? undefined : child(at, key)), body);

function changed(
  body: Body,
  parts: readonly string[],
  by: (before: Body | undefined) => Body | undefined,
): Body | undefined {
  const [key, ...rest] = parts;
  if (key === undefined) return by(body);
  if (!isTree(body)) return body;
  const inner = changed(child(body, key) ?? null, rest, by);
  if (Array.isArray(body)) return body.map((item: Body, i) => (String(i) === key ? (inner ?? null) : item));
  const others = Object.entries(body).filter(([name]) => name !== key);
  const known = Object.hasOwn(body, key);
  if (inner === undefined) return Object.fromEntries(others);
  if (!known) return Object.fromEntries([...others, [key, inner]]);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, name === key ? inner : value]));
}

/** The report with another value in one field. */
export const withField = (report: Report, field: string, value: Body): Report => ({
  ...report,
  body: changed(report.body, partsOf(field), () => value) ?? null,
});

/** The report with one field more in the object at a path. */
export const withMore = (report: Report, at: string, name: string, value: Body): Report =>
  withField(report, at === "" ? name : `${at}.${name}`, value);

/** The report without some of its fields. */
export function without(report: Report, fields: readonly string[]): Report {
  let body: Body = report.body;
  for (const field of fields) body = changed(body, partsOf(field), () => undefined) ?? null;
  return { ...report, body };
}

/** A raw number, also out of text; undefined for anything else. */
export function rawNumber(report: Report, field: string): number | undefined {
  const raw = valueAt(report.body, field);
  if (typeof raw === "number") return raw;
  return typeof raw === "string" && raw.trim() !== "" && Number.isFinite(Number(raw)) ? Number(raw) : undefined;
}

/** The report with another number in a field, in the form in which it came. */
export const withNumber = (report: Report, field: string, value: number): Report =>
  withField(report, field, typeof valueAt(report.body, field) === "string" ? String(value) : value);
