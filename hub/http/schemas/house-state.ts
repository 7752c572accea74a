import { z } from "@hono/zod-openapi";
import { numberUnits } from "../../model/house-number.ts";
import { MAX_KEPT_NAME } from "../../model/house-switch.ts";
import { epochMs, id, line, nodeId, value } from "./common.ts";
import { outcome } from "./nodes.ts";

const atHome = z
  .union([z.boolean(), z.literal("unknown")])
  .openapi({ description: "unknown is neither home nor away" });

const minutes = z.number().int().min(0).max(240);

const presenceDevice = z
  .strictObject({
    node: nodeId,
    key: z
      .string()
      .max(250)
      .optional()
      .openapi({ description: "an attribute's key; without one, being reachable is home" }),
    homeIs: value.optional(),
    awayAfterMin: minutes.openapi({ description: "away only after it has said so for so long" }),
  })
  .openapi("PresenceDevice");

const presenceNetwork = z
  .strictObject({
    hosts: z
      .array(z.string().max(253))
      .min(1)
      .max(3)
      .readonly()
      .openapi({ description: "names or addresses of the person's phone, of the home's own network only" }),
    awayAfterMin: minutes.openapi({ description: "a phone that sleeps is not gone: away only after so long unseen" }),
  })
  .openapi("PresenceNetwork");

const person = {
  name: line(40),
  device: presenceDevice.optional(),
  network: presenceNetwork.optional().openapi({ description: "absent: this person's phone is not looked for" }),
};

const span = z
  .strictObject({
    entry: line(40).openapi({ description: "holiday, absence or a name that rules know" }),
    from: epochMs,
    to: epochMs,
    title: z.string().trim().max(80),
  })
  .openapi("Span");

export const houseView = z
  .object({
    mode: z.string(),
    modeSince: epochMs,
    modeBy: z.string(),
    modes: z.array(z.string()).readonly(),
    ownModes: z.array(z.string()).readonly(),
    anyoneHome: atHome,
    people: z
      .array(
        z
          .object({
            id: z.string(),
            ...person,
            home: atHome,
            since: epochMs,
            by: z.string(),
            seen: z.string().optional(),
          })
          .openapi("Person"),
      )
      .readonly(),
    spans: z.array(span).readonly(),
  })
  .openapi("HouseView");

export const modeRequest = z.strictObject({ mode: z.string().max(30) }).openapi("ModeRequest");

export const ownModesRequest = z
  .strictObject({ modes: z.array(z.string().max(60)).max(20).readonly() })
  .openapi("OwnModes");

export const peopleRequest = z
  .strictObject({
    people: z
      .array(z.strictObject({ id: id.optional(), ...person }))
      .max(20)
      .readonly(),
  })
  .openapi("PeopleRequest");

export const presenceRequest = z.strictObject({ home: atHome }).openapi("PresenceRequest");

export const spansRequest = z.strictObject({ spans: z.array(span).max(500).readonly() }).openapi("SpansRequest");

const actionShape = {
  node: nodeId,
  endpoint: z.number().int().min(0).max(65535),
  capability: z.string().max(80),
  command: z.string().max(80),
  args: z.record(z.string().max(120), value).readonly(),
};
const sceneAction = z.strictObject(actionShape).openapi("SceneAction");
const actionView = z
  .object({
    ...actionShape,
    words: z.string(),
    gone: z.boolean().openapi({ description: "the device is not there now" }),
  })
  .openapi("SceneActionView");

export const sceneRun = z
  .object({
    at: epochMs,
    by: z.string(),
    results: z.array(z.object({ words: z.string(), outcome: outcome.optional() })).readonly(),
  })
  .openapi("SceneRun", { description: "What came of each action; without an outcome it is still on its way." });

export const sceneView = z
  .object({
    id: z.string(),
    title: z.string(),
    rooms: z.array(z.string()).readonly().optional(),
    actions: z.array(actionView).readonly(),
    lastRun: sceneRun.optional(),
  })
  .openapi("SceneView");

const usedBy = z
  .array(z.object({ kind: z.enum(["rule", "scene"]), id: z.string(), title: z.string() }))
  .readonly()
  .openapi({ description: "rules and scenes that name it" });

export const nodeUsers = z.object({ usedBy }).openapi("NodeUsers");

const switchView = z
  .object({
    id: nodeId.openapi({ description: "the node's id" }),
    name: z.string(),
    on: z.boolean(),
    usedBy,
  })
  .openapi("HouseSwitch");

/** @public */
export type SwitchView = z.output<typeof switchView>;

export const switchList = z.object({ switches: z.array(switchView).readonly() }).openapi("HouseSwitchList");

export const switchRequest = z.strictObject({ name: line(MAX_KEPT_NAME) }).openapi("HouseSwitchRequest");

const houseNumber = {
  name: z.string(),
  unit: z.enum(numberUnits).openapi({ description: "what it counts; `1`: nothing but itself" }),
  min: z.number(),
  max: z.number(),
  step: z.number().openapi({ description: "how far one press of a button goes" }),
};

const numberView = z
  .object({
    id: nodeId.openapi({ description: "the node's id" }),
    ...houseNumber,
    unitText: z.string(),
    value: z.number(),
    usedBy,
  })
  .openapi("HouseNumber");

/** @public */
export type NumberView = z.output<typeof numberView>;

export const numberList = z
  .object({
    numbers: z.array(numberView).readonly(),
    units: z
      .array(z.object({ unit: z.enum(numberUnits), text: z.string() }))
      .readonly()
      .openapi({ description: "the units that there are, and how people write them" }),
  })
  .openapi("HouseNumberList");

export const numberRequest = z
  .strictObject({ ...houseNumber, name: line(MAX_KEPT_NAME) })
  .openapi("HouseNumberRequest");

export const sceneList = z.object({ scenes: z.array(sceneView).readonly() }).openapi("SceneList");

export const sceneRequest = z
  .strictObject({
    title: line(60),
    rooms: z.array(line(80)).max(20).readonly().optional(),
    actions: z.array(sceneAction).max(100).readonly(),
  })
  .openapi("SceneRequest");

export const attemptRequest = z
  .strictObject({ actions: z.array(sceneAction).min(1).max(100).readonly() })
  .openapi("SceneAttempt");

export const nowRequest = z
  .strictObject({
    endpoints: z
      .array(z.strictObject({ node: nodeId, endpoint: z.number().int().min(0).max(65535) }))
      .min(1)
      .max(100)
      .readonly(),
  })
  .openapi("SceneNowRequest");

export const nowAnswer = z.object({ actions: z.array(actionView).readonly() }).openapi("SceneNow");

/** @public */
export type HouseView = z.output<typeof houseView>;
/** @public */
export type PersonView = HouseView["people"][number];
/** @public */
export type Span = HouseView["spans"][number];
/** @public */
export type SceneView = z.output<typeof sceneView>;
/** @public */
export type SceneActionView = z.output<typeof actionView>;
/** @public */
export type SceneRun = z.output<typeof sceneRun>;
/** @public */
export type NodeUsers = z.output<typeof nodeUsers>;
