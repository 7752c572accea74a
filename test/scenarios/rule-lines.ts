/** Lines of a scenario about the rules of people: what is written, and what is told, in words. */
import { parse } from "yaml";
import type { Notice } from "../../hub/model/house.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import { draftInWords } from "../../hub/rules/words/rule.ts";
import { nameNow } from "../../hub/step/identity/names.ts";
import type { CoreState, Effect, Input } from "../../hub/step.ts";
import { sceneFrom, spanFrom } from "./memory.ts";

/** `rule NAME` with its wording, indented, in YAML. The title is the name. */
export function homeRuleFrom(rest: string, at: number): HomeRule {
  const [name = "", ...lines] = rest.split("\n");
  const read = ruleDraft.safeParse({ title: name.trim(), ...(parse(lines.join("\n")) as object) });
  if (!read.success) throw new Error(`${name}: ${JSON.stringify(read.error.issues, null, 1)}`);
  return { ...read.data, id: idOf(name), origin: "person", by: "anna", madeAt: at, changedAt: at };
}

const idOf = (name: string): string => name.trim().toLowerCase().replaceAll(" ", "-");

/** What people do with rules and with their house; undefined for any other line. */
export function ruleInput(state: CoreState, word: string, rest: string, at: number): Input | undefined {
  const rules = state.automation.rules;
  switch (word) {
    case "rule": {
      const written = homeRuleFrom(rest, at);
      const before = rules.find((r) => r.id === written.id);
      const rule = before ? { ...written, changedAt: Math.max(at, before.changedAt + 1) } : written;
      return { kind: "homeRulesSet", rules: [...rules.filter((r) => r.id !== rule.id), rule] };
    }
    case "switch-off":
    case "switch-on": {
      const enabled = word === "switch-on";
      return { kind: "homeRulesSet", rules: rules.map((r) => (r.id === idOf(rest) ? { ...r, enabled } : r)) };
    }
    case "forget":
      return { kind: "homeRulesSet", rules: rules.filter((r) => r.id !== idOf(rest)) };
    case "start":
      return { kind: "ruleStarted", rule: idOf(rest), by: "Anna", at };
    case "end": {
      const run = [...state.automation.runs.values()].find((r) => r.rule === idOf(rest));
      return { kind: "runCancelled", run: run?.id ?? "", by: "Anna", at };
    }
    case "says": {
      const [by = "", answer = ""] = rest.split(/:\s*/);
      const asked = state.notices.list.findLast((n) => n.question);
      return { kind: "questionAnswered", id: "said", notice: asked?.id ?? "", answer, by, at };
    }
    case "let":
      return { kind: "holdsEnded", node: rest, by: "Anna", at };
    case "mode":
      return { kind: "modeSet", mode: rest, by: "Anna", reason: "the scenario says so", at };
    case "people": {
      const people = rest.split(/,\s*/).map((name) => ({ id: name.toLowerCase(), name }));
      return { kind: "peopleSet", people, by: "Anna", at };
    }
    case "person": {
      const [name = "", where = ""] = rest.split(" ");
      const home = where === "unknown" ? "unknown" : where === "home";
      return { kind: "presenceSet", person: name.toLowerCase(), home, source: "hand", by: "Anna said so", at };
    }
    case "room":
    case "label": {
      const [node = "", ...name] = rest.split(" ");
      const before = state.home.nodes.get(node)?.settings ?? {};
      const added = word === "room" ? { room: name.join(" ") } : { labels: [...(before.labels ?? []), name.join(" ")] };
      return { kind: "configured", node, settings: { ...before, ...added }, at };
    }
    case "switched-there": {
      const before = state.home.nodes.get(rest)?.settings ?? {};
      return { kind: "configured", node: rest, settings: { ...before, switchedThere: true }, at };
    }
    case "floor": {
      const [name = "", rooms = ""] = rest.split(/:\s*/);
      const { settings } = state.home;
      return {
        kind: "homeSet",
        settings: { ...settings, floors: { ...settings.floors, [name]: rooms.split(/,\s*/) } },
      };
    }
    case "scene":
      return { kind: "scenesSet", scenes: [...state.scenes, sceneFrom(rest)] };
    case "days":
      return { kind: "spansSet", spans: [...state.house.spans, spanFrom(rest)], by: "Anna", at };
    case "holidays":
      return { kind: "homeSet", settings: { ...state.home.settings, holidays: rest } };
    case "own-modes":
      return { kind: "ownModesSet", modes: rest.split(/,\s*/), by: "Anna", at };
    case "place": {
      const [latitude = Number.NaN, longitude = Number.NaN] = rest === "unknown" ? [] : rest.split(" ").map(Number);
      return { kind: "homeSet", settings: { ...state.home.settings, latitude, longitude } };
    }
    case "zone":
      return { kind: "homeSet", settings: { ...state.home.settings, timeZone: rest } };
    default:
      return undefined;
  }
}

/** A rule as a person reads it. */
export function reads(state: CoreState, name: string): string {
  const rule = state.automation.rules.find((r) => r.id === idOf(name));
  return rule ? draftInWords(rule, (id) => nameNow(state, id)) : `there is no rule ${name}`;
}

function noticeWords({ title, text, question }: Notice): string {
  const words = [title, ...text.split("\n")].filter(Boolean).join(" / ");
  if (!question) return `tells people: ${words}`;
  return question.over
    ? `no longer asks people: ${title} (${question.over.words})`
    : `asks people: ${words} [${question.answers.join("] [")}]`;
}

/** What is told of rules; nothing of any other effect. */
export function ruleWords(effect: Effect): string[] {
  if (effect.kind === "notify") return [noticeWords(effect.notice)];
  if (effect.kind === "keepHouse") return [];
  if (effect.kind !== "trace") return [];
  const { title, kind, cause, outcome, lines } = effect.trace;
  const head = kind === "nearMiss" ? `"${title}" did nothing` : kind === "run" ? `"${title}" ran` : `"${title}"`;
  return [`${head}: ${cause} -> ${outcome}`, ...lines.map((l) => `  ${l.bad ? "(!) " : ""}${l.text}`)];
}
