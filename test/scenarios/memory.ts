/** What a scenario's hub keeps: what outlives a restart, and what its answers to "why" rest on. */
import type { AuditEntry } from "../../hub/model/audit.ts";
import type { Notice, Scene, Span } from "../../hub/model/house.ts";
import { pathKey } from "../../hub/model/path.ts";
import type { Trace } from "../../hub/model/trace.ts";
import type { Run } from "../../hub/rules/run/run.ts";
import { whyOf } from "../../hub/step/why/index.ts";
import { type CoreState, type Effect, emptyState } from "../../hub/step.ts";
import { actionFrom, valueFrom } from "./lines.ts";

export class Memory {
  private readonly runs = new Map<string, Run>();
  private readonly notices = new Map<string, Notice>();
  private readonly moments = new Map<string, number>();
  private readonly holds: CoreState["holds"] = new Map();
  private readonly audit: AuditEntry[] = [];
  private readonly traces: Trace[] = [];

  /** Looks at what was to be kept. */
  note(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === "keepRun") this.runs.set(effect.run.id, structuredClone(effect.run));
      if (effect.kind === "keepNotice") this.notices.set(effect.notice.id, effect.notice);
      if (effect.kind === "dropNotice") this.notices.delete(effect.id);
      if (effect.kind === "dropRun") this.runs.delete(effect.id);
      if (effect.kind === "keepMoment") this.moments.set(effect.key, effect.at);
      if (effect.kind === "keepHold") this.holds.set(effect.target, effect.hold);
      if (effect.kind === "dropHold") this.holds.delete(effect.target);
      if (effect.kind === "audit") this.audit.unshift({ ...effect.entry, id: this.audit.length + 1 });
      if (effect.kind === "trace") this.traces.unshift(effect.trace);
    }
  }

  /** What the last trace of a rule holds besides its words. */
  trace({ home }: CoreState, title: string): string {
    const last = this.traces.find((t) => t.title === title);
    if (!last) return `"${title}" has no trace`;
    const names = last.nodes.map((id) => home.nodes.get(id)?.description.name ?? id);
    const line = last.lines.at(-1)?.text;
    return `names ${names.join(", ") || "nothing"}; ${last.lines.length} lines${line ? `, the last: ${line}` : ""}`;
  }

  /** The state of a hub that starts anew, as hub/main/restore.ts makes it: devices, settings, rules, last values that count as stale. */
  restarted(before: CoreState): CoreState {
    const state = emptyState(before.home.settings, before.tariff, before.limits);
    for (const [id, { description, settings, heardAt, values }] of before.home.nodes) {
      const last = [...values].map(([key, held]) => [key, { ...held, ageUnknown: true }] as const);
      state.home.nodes.set(id, { description, settings, reachable: "unknown", heardAt, values: new Map(last) });
      for (const [, { at }] of last) state.automation.cursor = Math.max(state.automation.cursor, at);
    }
    for (const [device, node] of before.places.nodeOf) state.places.nodeOf.set(device, node);
    for (const [node, device] of before.places.deviceOf) state.places.deviceOf.set(node, device);
    state.rules = before.rules;
    state.automation.rules = before.automation.rules;
    for (const run of this.runs.values()) state.automation.runs.set(run.id, structuredClone(run));
    state.notices.list.push(...this.notices.values());
    for (const [key, at] of this.moments) state.automation.taken.set(key, at);
    for (const [target, hold] of this.holds) state.holds.set(target, hold);
    state.house = before.house;
    state.scenes = before.scenes;
    return state;
  }

  /** Why a device is as it is, or (`not`) why its attribute is not as is asked about: `NODE [CAPABILITY.ATTRIBUTE VALUE]`. */
  why(state: CoreState, rest: string, now: number, not: boolean): string {
    const [node = "", of, ...words] = rest.split(" ");
    const [capability = "", attribute = ""] = (of ?? "").split(".");
    const value = valueFrom(words.join(" "));
    const key = pathKey({ node, endpoint: 1, capability, attribute });
    const asked = value === false ? "off" : "on";
    const about = of === undefined ? undefined : ({ key, state: asked, is: (v: unknown) => v === value } as const);
    const audit = this.audit.filter((e) => e.subject === node);
    const facts = { node, from: now, to: now, now, about, audit, traces: this.traces, changes: [] };
    const why = whyOf(state, facts);
    return why ? (not ? why.whyNot : why.why) : `${node} is not in the home`;
  }
}

/** `scene NAME: NODE capability.command {args}; …` */
export function sceneFrom(rest: string): Scene {
  const [, title = "", list = ""] = /^([^:]+):\s*(.*)$/s.exec(rest) ?? [];
  return { id: title.toLowerCase().replaceAll(" ", "-"), title, actions: list.split(/;\s*/).map(actionFrom) };
}

/** `days ENTRY FROM to TO`, whole days by UTC, both included. */
export function spanFrom(rest: string): Span {
  const [, entry = "", from = "", to = ""] = /^(.+) (\S+) to (\S+)$/.exec(rest) ?? [];
  const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);
  return { entry, from: midnight(from), to: midnight(to) + 86_400_000, title: entry };
}
