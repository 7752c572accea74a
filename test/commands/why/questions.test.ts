/** Questions with "why" in the five languages of the house: what each of questions.txt means in the demo home, and what is no such question. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { understand } from "../../../hub/commands/understand.ts";
import { whySaid } from "../../../hub/commands/why-said.ts";
import { parsePath } from "../../../hub/model/path.ts";
import { addNode, demoHome } from "../demo-home.ts";

const linesOf = (file: string): string[] =>
  readFileSync(new URL(file, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));

const weekdays = ["", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function ownNames() {
  const home = demoHome();
  const like = (id: string) => home.nodes.get(id)?.description.endpoints ?? [];
  addNode(home, ["kuechenlicht", "Küchenlicht", "Kitchen", like("kitchen-light")]);
  addNode(home, ["pumpe", "Pumpe im Keller", "Utility", like("dishwasher")]);
  addNode(home, ["chevet", "Lampe de chevet", "Bedroom", like("kitchen-light")]);
  addNode(home, ["pasillo", "Luz del pasillo", "Hallway", like("kitchen-light")]);
  addNode(home, ["bijkeuken", "Bijkeuken", "Utility", like("kitchen-light")]);
  return home;
}
const home = ownNames();

/** The language, device, state and time that a question comes to; undefined where it is not understood. */
function meaning(question: string): string | undefined {
  const said = whySaid(question);
  for (const text of said?.texts ?? [question]) {
    const understood = understand(text, home);
    if (understood.kind !== "question" || understood.question.ask.ask !== "why") continue;
    const { ask, subjects } = understood.question;
    const nodes = new Set(subjects.map(({ key }) => parsePath(key)?.node));
    const day = typeof ask.day === "object" ? weekdays[ask.day.weekday] : (ask.day ?? "");
    return [said?.language ?? "en", ...nodes, `${ask.not ? "not " : ""}${ask.state}`, day].join(" | ");
  }
  return undefined;
}

test.each(linesOf("questions.txt"))("%s", (line) => {
  const [language, question = "", device, asked, when] = line.split("|").map((part) => part.trim());
  expect(meaning(question)).toBe([language, device, asked, when].join(" | "));
});

test.each(linesOf("no-questions.txt"))("is no question of another language about a device: %s", (text) => {
  const said = whySaid(text);
  for (const put of said?.texts ?? []) expect(understand(put, home).kind).toBe("notUnderstood");
});

test("a device's own name is kept as it is written, however it is said", () => {
  expect(whySaid("Warum läuft die Pumpe im Keller?")?.texts[0]).toBe("why is the Pumpe im Keller running");
  expect(whySaid(`warum lädt ${"a ".repeat(300)} nicht`)).toBeUndefined();
});
