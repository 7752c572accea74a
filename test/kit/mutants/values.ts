import { intoFields, type Mutant, mutant, power, reading, readOne, watts, wh } from "./mutant.ts";

export const values: readonly Mutant[] = [
  mutant("values.truth", "Wh taken for kWh", [wh, wh.replace('"Wh"', '"kWh"')]),
  mutant("values.truth", "W taken for kW", [watts, watts.replace('"W"', '"kW"')]),
  mutant("values.truth", "production counts as consumption", [", scale: -1 } }", " } }"]),
  mutant("values.truth", "consumption counts as production", [watts, watts.replace('"W"', '"W", scale: -1')]),
  mutant("values.truth", "the exported counter as imported", ['word: "produced_energy"', 'word: "energy"']),
  mutant(
    "values.truth",
    "the day's counter as the lifetime's",
    [wh, wh.replace('word: "energy", ', "")],
    ["wh_today: { maker", 'wh_today: { word: "energy", maker'],
  ),
  mutant("values.truth", "0 to 255 taken for percent", ["min: 0, max: 255 }", 'min: 0, max: 100, unit: "%" }']),
  mutant("values.truth", "on and off swapped", ["on: true, off: false", "on: false, off: true"]),
  mutant("values.truth", "rounded to whole numbers", reading('if (typeof raw === "number") raw = Math.round(raw)')),
  mutant("values.unit-change", "Fahrenheit is never asked for", [
    "{ ...maker, unit: device.unit }",
    '{ ...maker, unit: "C" }',
  ]),
  mutant("values.unit-change", "the first unit stays for ever", [
    'unit: textOf(info, "unit") ?? "C"',
    'unit: before?.unit ?? textOf(info, "unit") ?? "C"',
  ]),
  mutant("values.null", "null is 0", reading("if (raw === null) raw = 0")),
  mutant("values.null", "empty is off", reading('if (raw === "" && field === "on") raw = false')),
  mutant("values.null", "truthiness for a switch", reading('if (field === "on") raw = Boolean(raw)')),
  mutant(
    "values.malformed",
    "any word is on",
    reading('if (field === "on" && typeof raw === "string" && raw) raw = true'),
  ),
  mutant(
    "values.partial",
    "what is missing is filled in",
    intoFields(
      "if (learns) message = { ...message, payload: JSON.stringify({ watts: 0, ...parseObject(message.payload) }) };",
    ),
  ),
  mutant("values.unknown-kept", "unheard-of fields are dropped", [
    "if (learns && this.#learn(device, fields))",
    "if (learns && fields.length > 999 && this.#learn(device, fields))",
  ]),
  mutant("values.malformed", "one bad field loses the whole message", [
    readOne,
    `${readOne}\n    if (into.problems.length > 0) return { ...harvest(), problems: into.problems };`,
  ]),
  mutant("values.malformed", "bad fields are swallowed", [readOne, `${readOne}\n    into.problems.length = 0;`]),
  mutant(
    "values.range",
    "impossible values are cut to the range",
    reading('if (typeof raw === "number") raw = Math.min(Math.max(raw, 0), 50)'),
  ),
  mutant(
    "values.fit",
    "whatever comes is a number",
    reading(
      `if (field === "watts") { into.readings.push({ path: ${power}, value: Number(raw), source: "x#watts" }); continue; }`,
    ),
  ),
  mutant(
    "values.fit",
    "values that were never announced",
    reading(
      'if (field === "wh") { into.readings.push({ path: { node: device.id, endpoint: 7, capability: "onOff", attribute: "onOff" }, value: true, source: "x#wh" }); }',
    ),
  ),
  mutant(
    "values.counter-reset",
    "a counter never falls",
    reading('if (field === "wh") raw = device.top = Math.max(device.top ?? 0, Number(raw))'),
  ),
  mutant(
    "values.counter-reset",
    "counts on over resets",
    reading(
      'if (field === "wh" && typeof raw === "number") { if (raw < (device.last ?? 0)) device.more = (device.more ?? 0) + device.last; device.last = raw; raw += device.more ?? 0; }',
    ),
  ),
];
