/** What people are told: an inbox of bounded size, and a limit for what would tell without end. */
import { isOpen, type NewNotice, type Notice } from "../model/house.ts";
import type { NodeId } from "../model/path.ts";
import type { CoreState, Effect } from "./state.ts";

/** The inbox holds so many; the oldest go. */
export const MAX_NOTICES = 500;
/** Of one rule, or of one title where there is none, in any {@link WINDOW_MS}. */
const MAX_OF_ONE = 6;
const WINDOW_MS = 10 * 60_000;
/** Of all together in an hour; an alarm has as many again to itself. */
const MAX_OF_ALL = 60;
const HOUR_MS = 3_600_000;
/** Tellers that are watched at once; the longest known is forgotten. */
const MAX_TELLERS = 200;
const MAX_TITLE = 120;
const MAX_TEXT = 1000;
const MAX_NODES = 50;

interface Window {
  from: number;
  told: number;
}

export interface NoticeState {
  /** The oldest first. */
  readonly list: Notice[];
  /** By rule or title. */
  readonly tellers: Map<string, Window>;
  readonly all: Window;
  readonly alarms: Window;
  /** What was held back since `from`, by rule or title; told together, once in {@link WINDOW_MS}. */
  readonly held: { from: number; readonly of: Map<string, number> };
  seq: number;
}

export const emptyNotices = (): NoticeState => ({
  ...{ list: [], tellers: new Map(), seq: 0, held: { from: 0, of: new Map() } },
  ...{ all: { from: 0, told: 0 }, alarms: { from: 0, told: 0 } },
});

/**
 * Tells people something: in the inbox at once and on the ways out that they chose. At most 6 in ten minutes of one rule (or
 * of one title) and 60 an hour of all, alarms counted apart; what is more is held back and counted, and the count is told
 * when the time is over. Longer titles (120) and texts (1,000 characters) are cut.
 */
export function raiseNotice(state: CoreState, given: NewNotice, nodes: readonly NodeId[], at: number): Effect[] {
  const { notices } = state;
  const teller = given.rule ?? given.title;
  const one = windowOf(notices, teller, at);
  const all = given.level === "alarm" ? notices.alarms : notices.all;
  if (isOver(all, at, HOUR_MS)) Object.assign(all, { from: at, told: 0 });
  if (one.told >= MAX_OF_ONE || all.told >= MAX_OF_ALL) {
    holdBack(notices, teller, at);
    return [];
  }
  one.told += 1;
  all.told += 1;
  return tell(state, given, nodes, at);
}

/** Says what was held back, once its time is over. */
export function noticesTick(state: CoreState, at: number): Effect[] {
  const { tellers, held } = state.notices;
  for (const [teller, window] of tellers) if (isOver(window, at, WINDOW_MS)) tellers.delete(teller);
  if (held.of.size === 0 || !isOver(held, at, WINDOW_MS)) return [];
  const of = [...held.of].sort((a, b) => b[1] - a[1]);
  held.of.clear();
  const sum = of.reduce((n, [, count]) => n + count, 0);
  const title = sum === 1 ? "One message was held back" : `${sum} messages were held back`;
  const named = of.slice(0, MAX_NAMED).map(([teller, count]) => `${titleOf(state, teller)} (${count})`);
  const more = of.length > MAX_NAMED ? [`${of.length - MAX_NAMED} more`] : [];
  const text = `Too many came in a short time. They were from: ${[...named, ...more].join(", ")}.`;
  return tell(state, { title, text, level: "warn" }, [], at);
}

const MAX_NAMED = 5;
const OTHERS = "others";

function holdBack({ held }: NoticeState, teller: string, at: number): void {
  if (held.of.size === 0) held.from = at;
  const key = held.of.has(teller) || held.of.size < MAX_TELLERS ? teller : OTHERS;
  held.of.set(key, (held.of.get(key) ?? 0) + 1);
}

function titleOf({ rules, automation }: CoreState, teller: string): string {
  const rule = automation.rules.find((r) => r.id === teller) ?? rules.find((r) => r.id === teller);
  return cut(rule?.title ?? teller, MAX_TITLE);
}

/** A person has read these, or all. */
export function noticesRead(state: CoreState, ids: readonly string[] | undefined): Effect[] {
  const wanted = ids && new Set(ids);
  const { list } = state.notices;
  const effects: Effect[] = [];
  list.forEach((notice, i) => {
    if (notice.read || (wanted && !wanted.has(notice.id))) return;
    const read = { ...notice, read: true };
    list[i] = read;
    effects.push({ kind: "keepNotice", notice: read });
  });
  return effects.length === 0 ? [] : [...effects, { kind: "tell", event: { type: "notices" } }];
}

function tell(state: CoreState, given: NewNotice, nodes: readonly NodeId[], at: number): Effect[] {
  const { notices } = state;
  notices.seq += 1;
  const notice: Notice = {
    ...{ id: `${at.toString(36)}-${notices.seq}`, at, read: false, level: given.level },
    title: cut(given.title, MAX_TITLE),
    text: cut(given.text, MAX_TEXT),
    ...(given.rule === undefined ? {} : { rule: given.rule }),
    nodes: nodes.slice(0, MAX_NODES),
    ...(given.question ? { question: given.question } : {}),
  };
  notices.list.push(notice);
  const gone = notices.list.length > MAX_NOTICES ? notices.list.splice(oldest(notices.list), 1) : [];
  return [
    ...gone.map((n): Effect => ({ kind: "dropNotice", id: n.id })),
    { kind: "keepNotice", notice },
    { kind: "notify", notice },
    { kind: "tell", event: { type: "notices" } },
  ];
}

/** Where the oldest is that can go. An open question stays: fewer are open than the inbox holds, one a run at most. */
const oldest = (list: readonly Notice[]): number =>
  Math.max(
    0,
    list.findIndex((n) => !isOpen(n)),
  );

export const noticeOf = ({ notices }: CoreState, id: string): Notice | undefined =>
  notices.list.findLast((n) => n.id === id);

/** Puts a notice in the place of the one with its id. */
export function noticeChanged({ notices }: CoreState, notice: Notice): Effect[] {
  const at = notices.list.findLastIndex((n) => n.id === notice.id);
  if (at < 0) return [];
  notices.list[at] = notice;
  return [
    { kind: "keepNotice", notice },
    { kind: "tell", event: { type: "notices" } },
  ];
}

const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

// A clock that was set back must not hold anything back until it is that late again.
const isOver = (window: { readonly from: number }, at: number, ms: number): boolean =>
  at - window.from >= ms || at < window.from;

function windowOf({ tellers }: NoticeState, teller: string, at: number): Window {
  const known = tellers.get(teller);
  if (known && !isOver(known, at, WINDOW_MS)) return known;
  const window: Window = { from: at, told: 0 };
  tellers.delete(teller);
  tellers.set(teller, window);
  const oldest = tellers.size > MAX_TELLERS ? tellers.keys().next().value : undefined;
  if (oldest !== undefined) tellers.delete(oldest);
  return window;
}
