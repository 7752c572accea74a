import { capabilities } from "../../hub/model/capabilities/index.ts";
import type { Value } from "../../hub/model/capability.ts";
import type { Outcome, Rank } from "../../hub/model/command.ts";
import { knownOf } from "../../hub/model/home.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Condition, Rule } from "../../hub/model/plan.ts";
import type { Known } from "../../hub/model/reading.ts";
import { type CoreState, type Effect, emptyState, type Input, step } from "../../hub/step.ts";

/**
 * Plays a scenario written in plain text against the core. Each block is some lines of what happens, `----`, and the
 * expected effects, then an empty line. Times are `HH:MM[:SS]` on 2026-03-02, UTC. Lines:
 *   node ID: capability, capability …       reachable ID | lost ID | gone ID
 *   reading ID capability.attribute VALUE    retained ID capability.attribute VALUE
 *   past HH:MM ID capability.attribute VALUE (a reading of an earlier time that arrives now)
 *   NAME asks ID capability.command {args}   (NAME `plan` or `rule` has that rank)     answer ok | answer no: REASON
 *   rule ID: CONDITION => ID capability.command {args} [else ID capability.command {args}]     show ID capability.attribute
 *   tick      at HH:MM[:SS]      watch ID (from here on, what the dashboard is told of its values is an effect too)
 */
export function play(text: string): { readonly title: string; readonly expected: string; readonly actual: string }[] {
  const player = new Player();
  return blocks(text).map(({ title, given, expected }) => ({
    title,
    expected,
    actual: given.flatMap((line) => player.line(line)).join("\n"),
  }));
}

function blocks(text: string) {
  const out: { title: string; given: string[]; expected: string }[] = [];
  let title = "";
  for (const chunk of text.split(/\n\s*\n/)) {
    const lines = chunk.split("\n").filter((l) => l.trim() !== "");
    const comments = lines.filter((l) => l.startsWith("#"));
    if (comments.length > 0) title = comments.map((l) => l.replace(/^#+\s*/, "")).join(" ");
    const rest = lines.filter((l) => !l.startsWith("#"));
    const cut = rest.indexOf("----");
    if (cut < 0) {
      if (rest.length > 0) throw new Error(`a block without ----: ${rest[0]}`);
      continue;
    }
    out.push({ title, given: rest.slice(0, cut), expected: rest.slice(cut + 1).join("\n") });
  }
  return out;
}

const DAY = Date.UTC(2026, 2, 2);

function timeOf(clock: string): number {
  const [h = 0, m = 0, s = 0] = clock.split(":").map(Number);
  return DAY + ((h * 60 + m) * 60 + s) * 1000;
}

class Player {
  private now = DAY;
  private asks = 0;
  private watched = "";
  private readonly state: CoreState = emptyState(
    { name: "Home", timeZone: "UTC", latitude: 54, longitude: 10, currency: "EUR" },
    {
      name: "two-rate",
      importBands: [{ from: "22:00", to: "06:00", perKwh: 0.2 }],
      importPerKwh: 0.4,
      exportPerKwh: 0.08,
      standingPerDay: 0,
      co2Bands: [],
      co2GPerKwh: 400,
    },
  );

  line(line: string): string[] {
    const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
    if (word === "at") {
      this.now = timeOf(rest);
      return [];
    }
    if (word === "show") return [this.show(rest)];
    if (word === "watch") {
      this.watched = rest;
      return [];
    }
    return step(this.state, this.input(word, rest), this.now).flatMap((e) => [...words(e), ...told(e, this.watched)]);
  }

  private input(word: string, rest: string): Input {
    const at = this.now;
    switch (word) {
      case "node":
        return { kind: "nodeFound", node: nodeFrom(rest), at };
      case "gone":
        return { kind: "nodeGone", node: rest, at };
      case "reachable":
      case "lost":
        return { kind: "reachable", node: rest, reachable: word === "reachable", at };
      case "reading":
      case "retained":
        return { kind: "readings", readings: [this.reading(rest, word === "retained")] };
      case "past": {
        const [when = "", ...what] = rest.split(" ");
        return { kind: "readings", readings: [{ ...this.reading(what.join(" "), false), at: timeOf(when) }] };
      }
      case "tick":
        return { kind: "tick", at };
      case "rule":
        return { kind: "rulesSet", rules: [...this.state.rules, ruleFrom(rest)] };
      case "answer":
        return {
          kind: "answered",
          id: String(this.asks),
          result: rest === "ok" ? { ok: true } : { ok: false, reason: rest.replace("no: ", "") },
          at,
        };
      default:
        return this.ask(word, rest);
    }
  }

  private reading(rest: string, retained: boolean) {
    const [node = "", path = "", value = ""] = rest.split(" ");
    const [capability = "", attribute = ""] = path.split(".");
    const reading = {
      path: { node, endpoint: 1, capability, attribute },
      value: valueFrom(value),
      at: this.now,
      source: "scenario",
    };
    return retained ? { ...reading, ageUnknown: true as const } : reading;
  }

  private ask(by: string, rest: string): Input {
    const [, what = ""] = /^asks (.*)$/.exec(rest) ?? [];
    if (!what) throw new Error(`not understood: ${by} ${rest}`);
    const rank: Rank = by === "plan" || by === "rule" ? by : "person";
    const { node, ...action } = actionFrom(what);
    this.asks += 1;
    return {
      kind: "asked",
      id: String(this.asks),
      command: { ...action, target: { node, endpoint: 1 } },
      origin: { rank, by, reason: "the scenario says so" },
      at: this.now,
    };
  }

  private show(rest: string): string {
    const [id = "", path = ""] = rest.split(" ");
    const node = this.state.home.nodes.get(id);
    if (!node) return `${id} is not in the home`;
    return knownWords(knownOf(node, `${id}/1/${path}`, this.now));
  }
}

function knownWords(known: Known): string {
  if (known.status === "unknown") return `unknown: ${known.reason}`;
  return known.status === "known" ? `known ${known.value}` : `stale ${known.value}: ${known.reason}`;
}

function told(effect: Effect, watched: string): string[] {
  if (effect.kind !== "tell" || effect.event.type !== "value") return [];
  const [node, , path] = effect.event.key.split("/");
  return node === watched ? [`tell ${node} ${path} ${knownWords(effect.event.known)}`] : [];
}

const valueFrom = (text: string): Value =>
  text === "true" || text === "false" ? text === "true" : Number.isNaN(Number(text)) ? text : Number(text);

function nodeFrom(rest: string): NodeDescription {
  const [, id = "", list = ""] = /^([^:]+):\s*(.*)$/.exec(rest) ?? [];
  const names = list.split(/,\s*/);
  const silent = names.find((n) => n.startsWith("silent "));
  const instances = names
    .filter((n) => n !== silent)
    .map((name) => {
      const spec = capabilities[name];
      if (!spec) throw new Error(`no capability ${name}`);
      const attributes = Object.fromEntries(Object.keys(spec.attributes).map((a) => [a, { source: "scenario" }]));
      const commands = Object.fromEntries(Object.keys(spec.commands).map((c) => [c, { source: "scenario" }]));
      return [name, { attributes, commands }] as const;
    });
  return {
    id,
    name: id,
    adapter: "mqtt",
    dialect: "scenario",
    addresses: [],
    endpoints: [{ number: 1, deviceTypes: [], capabilities: Object.fromEntries(instances) }],
    ...(silent ? { silentAfterS: Number(silent.split(" ")[1]) } : {}),
  };
}

function actionFrom(text: string) {
  const [, node = "", capability = "", command = "", json] = /^(\S+) (\w+)\.(\w+)\s*(\{.*\})?$/.exec(text.trim()) ?? [];
  if (!node) throw new Error(`no action: ${text}`);
  return { node, endpoint: 1, capability, command, args: json ? (JSON.parse(json) as Record<string, Value>) : {} };
}

function ruleFrom(rest: string): Rule {
  const [, id = "", condition = "", then = "", otherwise] = /^([^:]+): (.*?) => (.*?)(?: else (.*))?$/.exec(rest) ?? [];
  const base = { id, title: id, when: JSON.parse(condition) as Condition, then: [actionFrom(then)], enabled: true };
  const origin = id.startsWith("plan") ? ("plan" as const) : ("person" as const);
  return otherwise ? { ...base, origin, otherwise: [actionFrom(otherwise)] } : { ...base, origin };
}

const outcomeWords = (o: Outcome): string =>
  "reason" in o ? `${o.state}: ${o.reason}` : o.state === "confirmed" ? `confirmed after ${o.afterMs} ms` : o.state;

/** Only what a person would notice: sends, outcomes, records, findings. */
function words(effect: Effect): string[] {
  switch (effect.kind) {
    case "send": {
      const { target, capability, command, args } = effect.command;
      const json = Object.keys(args).length > 0 ? ` ${JSON.stringify(args)}` : "";
      return [`send ${target.node} ${capability}.${command}${json}`];
    }
    case "settle":
      return [outcomeWords(effect.outcome)];
    case "record":
      return effect.readings.map((r) => `record ${r.path.node} ${r.path.capability}.${r.path.attribute} ${r.value}`);
    case "keepFinding":
      return [`finding ${effect.finding.code}: ${effect.finding.message}`];
    default:
      return [];
  }
}
