import type { Rank } from "../../hub/model/command.ts";
import { knownOf, nameOf, presenceOf } from "../../hub/model/home.ts";
import { type CoreState, emptyState, type Input, step } from "../../hub/step.ts";
import { counted, knownWords, told, words } from "./effect-words.ts";
import { actionFrom, nodeFrom, numberFrom, ruleFrom, valueFrom } from "./lines.ts";
import { Memory } from "./memory.ts";
import { reads, ruleInput } from "./rule-lines.ts";

/**
 * Plays a scenario written in plain text against the core. Each block is some lines of what happens, `----`, and the
 * expected effects, then an empty line. Times are `HH:MM[:SS]` on 2026-03-02, UTC. Lines:
 *   node ID: capability, capability …       reachable ID | lost ID | gone ID
 *   reading ID capability.attribute VALUE    retained ID capability.attribute VALUE
 *   past HH:MM ID capability.attribute VALUE (a reading of an earlier time that arrives now)
 *   NAME asks ID capability.command {args}   (NAME `plan` or `rule` has that rank)     answer ok | answer no: REASON
 *   rule ID: CONDITION => ID capability.command {args} [else ID capability.command {args}]     show ID capability.attribute
 *   number ID: NAME, MIN to MAX [UNIT] (one that the house keeps)
 *   node lines may also say: silent SECONDS, named NAME, firmware VERSION, topic TOPIC, type DEVICE-TYPE (they describe, and describe anew)
 *   and: by matter | by DIALECT, maker NAME, model NAME, serial NUMBER, address mac:… (several)
 *   merge ID with OTHER | split ID from DEVICE | two (Anna says that the proposed two are two)      proposals (the open ones)
 *   roads ID (which road tells what now)
 *   name ID NAME (a person's)      replace ID by OTHER      who ID (its name and whether it is here, asleep, silent or lost)
 *   problem CODE ID FIELD (an adapter's)     accept CODE | ignore CODE | reopen CODE (Anna's)     inbox (all findings)
 *   rule NAME, with its wording in YAML, indented      reads NAME (in words)      switch-off | switch-on | forget | start | end NAME (Anna's)
 *   says WHO: ANSWER (to what people were asked last)
 *   switched-there ID (what changes at the device itself is a hand)
 *   let ID (Anna lets rules have a device again)      mode MODE      people NAME, NAME      person NAME home|away|unknown      room ID ROOM      label ID LABEL      floor NAME: ROOM, ROOM
 *   scene NAME: ID capability.command {args}; …      days ENTRY YYYY-MM-DD to YYYY-MM-DD (an entry of the calendar)      holidays COUNTRY      own-modes NAME, NAME
 *   restart (the hub is off and begins anew, with what it keeps)      new home (nothing of what was before)
 *   short LINE      often N LINE; LINE (so many times, {n} is the how-manieth; each different effect once, with how often it came)
 *   trace NAME (of the last trace of a rule: which devices it names, how many lines it has, and the last of them)
 *   why ID [capability.attribute VALUE]      why-not ID [capability.attribute VALUE]
 *   place LATITUDE LONGITUDE | place unknown      zone ZONE      pass HH:MM[:SS] (a tick every ten seconds until then)      at YYYY-MM-DD HH:MM[:SS] (the first day from then on)
 *   tick      tick SECONDS (with a count that no clock moves)      at [DAYSd ]HH:MM[:SS] (so many days later)      watch ID (from here on, what the dashboard is told of its values is an effect too)
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
    const rest = joined(lines.filter((l) => !l.startsWith("#")));
    const cut = rest.indexOf("----");
    if (cut < 0) {
      if (rest.length > 0) throw new Error(`a block without ----: ${rest[0]}`);
      continue;
    }
    out.push({ title, given: rest.slice(0, cut), expected: rest.slice(cut + 1).join("\n") });
  }
  return out;
}

/** Before the line that parts a block, what is indented belongs to the line above it. */
function joined(lines: readonly string[]): string[] {
  const cut = lines.findIndex((l) => l.trim() === "----");
  const out: string[] = [];
  for (const [i, line] of lines.entries()) {
    const last = out.at(-1);
    if (last !== undefined && /^\s/.test(line) && (cut < 0 || i < cut)) out[out.length - 1] = `${last}\n${line}`;
    else out.push(line);
  }
  return out;
}

const DAY = Date.UTC(2026, 2, 2);

/** ms since midnight of `HH:MM[:SS]`. */
function timeOf(clock: string): number {
  const [h = 0, m = 0, s = 0] = clock.split(":").map(Number);
  return ((h * 60 + m) * 60 + s) * 1000;
}

/** In the north of Germany, with energy that is cheap at night. */
const newHome = (): CoreState =>
  emptyState(
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

const TO = { accept: "accepted", ignore: "ignored", reopen: "new" } as const;

class Player {
  private day = DAY;
  private now = DAY;
  private asks = 0;
  private watched = "";
  private memory = new Memory();
  private state = newHome();

  line(line: string): string[] {
    const [, word = "", rest = ""] = /^(\S+)[ \t]*([\s\S]*)$/.exec(line.trim()) ?? [];
    if (word === "at") {
      this.now = this.moment(rest);
      return [];
    }
    if (word === "reads") return [reads(this.state, rest)];
    if (word === "pass") return this.pass(rest);
    if (word === "show") return [this.show(rest)];
    if (word === "who") return [this.who(rest)];
    if (word === "inbox") return this.inbox();
    if (word === "proposals") return this.proposals();
    if (word === "roads") return this.roads(rest);
    if (word === "watch") {
      this.watched = rest;
      return [];
    }
    if (word === "trace") return [this.memory.trace(this.state, rest)];
    if (word === "short") return counted(this.line(rest));
    if (word === "often") return this.often(rest);
    if (word === "restart" || word === "new") return this.begin(word === "new");
    if (word === "why" || word === "why-not") return [this.memory.why(this.state, rest, this.now, word === "why-not")];
    const effects = step(this.state, this.input(word, rest), this.now);
    this.memory.note(effects);
    return effects.flatMap((e) => [...words(e), ...told(e, this.watched)]);
  }

  /** `often N LINE; LINE`: so many times, all of it told in short. */
  private often(rest: string): string[] {
    const [, times = "0", lines = ""] = /^(\d+) (.*)$/s.exec(rest) ?? [];
    const round = lines.split(/;\s*/);
    const rounds = Array.from({ length: Number(times) }, (_, i) =>
      round.flatMap((line) => this.line(line.replaceAll("{n}", String(i + 1)))),
    );
    return counted(rounds.flat());
  }

  private begin(anew: boolean): string[] {
    if (anew) {
      this.memory = new Memory();
      this.day = DAY;
      this.now = DAY;
    }
    this.state = anew ? newHome() : this.memory.restarted(this.state);
    return [];
  }

  /** A day that is named is the first day from then on. */
  private moment(text: string): number {
    const [, date, days = "0", clock = ""] = /^(?:(\d{4}-\d\d-\d\d) )?(?:(-?\d+)d )?(\S+)$/.exec(text) ?? [];
    if (date) this.day = Date.parse(`${date}T00:00:00Z`);
    return this.day + Number(days) * 86_400_000 + timeOf(clock);
  }

  /** Time passes as it does in a house: a tick every ten seconds, up to a moment. */
  private pass(rest: string): string[] {
    const until = this.moment(rest);
    const out: string[] = [];
    while (this.now < until) {
      this.now = Math.min(until, this.now + 10_000);
      out.push(...this.line("tick"));
    }
    return out;
  }

  private input(word: string, rest: string): Input {
    const at = this.now;
    const ofRules = word === "rule" && rest.includes(" => ") ? undefined : ruleInput(this.state, word, rest, at);
    if (ofRules) return ofRules;
    switch (word) {
      case "number":
        return { kind: "nodeFound", node: numberFrom(rest), at };
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
        return { kind: "readings", readings: [{ ...this.reading(what.join(" "), false), at: this.moment(when) }] };
      }
      case "name": {
        const [node = "", ...name] = rest.split(" ");
        return { kind: "configured", node, settings: { name: name.join(" ") }, at };
      }
      case "replace": {
        const [node = "", , by = ""] = rest.split(" ");
        return { kind: "replaced", node, by, who: "anna", at };
      }
      case "merge":
      case "split": {
        const [node = "", , other = ""] = rest.split(" ");
        if (word === "split") return { kind: "split", node, device: other, by: "anna", at };
        return { kind: "merged", keep: node, other, evidence: [], by: "anna", at };
      }
      case "two": {
        const open = [...this.state.identity.proposals.values()].find((p) => p.state === "open");
        return { kind: "proposalRejected", key: open?.key ?? "", by: "anna", at };
      }
      case "problem": {
        const [code = "", node = "", field = ""] = rest.split(" ");
        const problem = { code, message: `${field} is wrong`, node, topic: "scenario", field };
        return { kind: "problem", problem, at };
      }
      case "accept":
      case "ignore":
      case "reopen":
        return { kind: "findingSet", key: this.keyOf(rest), state: TO[word], by: "anna", at };
      case "tick":
        return rest === "" ? { kind: "tick", at } : { kind: "tick", at, steadyMs: Number(rest) * 1000 };
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
      source: `scenario#${attribute}`,
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

  private keyOf(code: string): string {
    return [...this.state.findings.values()].find((f) => f.code === code)?.key ?? code;
  }

  private inbox(): string[] {
    return [...this.state.findings.values()].map((f) => `${f.code} ${f.state}, ${f.count} times`);
  }

  private proposals(): string[] {
    const open = [...this.state.identity.proposals.values()].filter((p) => p.state === "open");
    return open.length > 0 ? open.map((p) => `${p.devices.join(" and ")} may be one`) : ["no proposals"];
  }

  private roads(id: string): string[] {
    const group = this.state.identity.groups.get(this.state.places.deviceOf.get(id) ?? id);
    if (!group) return [`${id} has one road`];
    const told = [...group.routes].filter(([spot]) =>
      /onOff\.onOff|\.activePower|EnergyImported|currentLevel/.test(spot),
    );
    return told.map(([spot, road]) => `${spot.slice(spot.indexOf("/") + 1)} by ${road.device}`);
  }

  private who(id: string): string {
    const node = this.state.home.nodes.get(id);
    return node ? `${nameOf(node)} is ${presenceOf(node, this.now)}` : `${id} is not in the home`;
  }

  private show(rest: string): string {
    const [id = "", path = ""] = rest.split(" ");
    const node = this.state.home.nodes.get(id);
    if (!node) return `${id} is not in the home`;
    return knownWords(knownOf(node, `${id}/1/${path}`, this.now));
  }
}
