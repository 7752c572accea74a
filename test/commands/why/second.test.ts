/** What others asked with "why", "when" and "who" in five languages: read as meant, asked back, or not understood. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Ask } from "../../../hub/commands/meaning.ts";
import { understand } from "../../../hub/commands/understand.ts";
import { whySaid } from "../../../hub/commands/why-said.ts";
import { clockText } from "../../../hub/energy/clock.ts";
import { parsePath } from "../../../hub/model/path.ts";
import { addNode, largerHome } from "../demo-home.ts";

const rows = readFileSync(new URL("second.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("|").map((part) => part.trim()));

function home() {
  const made = largerHome();
  const like = (id: string) => made.nodes.get(id)?.description.endpoints ?? [];
  const fan = like("kitchen-light").map((endpoint) => ({ ...endpoint, deviceTypes: ["fan"] }));
  addNode(made, ["washer", "Washing machine", "Utility", like("dishwasher"), "laundryWasher"]);
  addNode(made, ["hall-lamp", "Hallway lamp", "Hallway", like("kitchen-light")]);
  addNode(made, ["bath-heating", "Bathroom thermostat", "Bathroom", like("thermostat")]);
  addNode(made, ["fan", "Fan", "Bedroom", fan]);
  return made;
}
const house = home();

const weekdays = ["", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function timeOf({ day, part, at }: Extract<Ask, { ask: "why" }>): string {
  const both = at?.either ? [at.minutes % 720, (at.minutes % 720) + 720] : at ? [at.minutes] : [];
  const clock = both.length > 0 ? `at ${both.map(clockText).join(" or ")}` : undefined;
  return [typeof day === "object" ? weekdays[day.weekday] : day, part, clock].filter(Boolean).join(" ");
}

/** The first way of putting it that comes to something, as in the file. */
function meaning(question: string): readonly string[] {
  const said = whySaid(question);
  const understood = (said?.texts ?? [question]).map((text) => understand(text, house));
  const first = understood.find(({ kind }) => kind !== "notUnderstood");
  if (first?.kind === "askBack") return ["?"];
  if (first?.kind !== "question" || first.question.ask.ask !== "why") return ["-"];
  const { ask, subjects } = first.question;
  const nodes = [...new Set(subjects.map(({ key }) => parsePath(key)?.node))].sort().join(", ");
  return [said?.language ?? "en", nodes, `${ask.not ? "not " : ""}${ask.state}`, timeOf(ask)];
}

test.each(rows)("%s: %s", (language, question = "", device = "", asked = "", when = "") => {
  const open = device === "?" || device === "-";
  expect(meaning(question)).toEqual(open ? [device] : [language, device, asked, when]);
});
