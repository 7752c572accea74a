import { z } from "@hono/zod-openapi";
import { evidenceKinds } from "../../model/identity.ts";
import { endpointNumber, epochMs, nodeId } from "./common.ts";

const evidence = z
  .object({
    kind: z.enum(evidenceKinds),
    words: z.string().openapi({ description: "for people, with the values seen" }),
  })
  .openapi("Evidence");

const adapter = z.enum(["mqtt", "matter", "house"]);
const text = z.string().optional();
const devices = z.array(z.string()).readonly();

const proposedNode = z.object({
  ...{ node: z.string(), name: z.string(), room: text, adapter, dialect: z.string(), vendor: text, model: text },
});

const proposal = z
  .object({
    key: z.string(),
    keep: proposedNode.openapi({ description: "the one that would stay, with its name, room, history and rules" }),
    other: proposedNode,
    evidence: z.array(evidence).readonly(),
    at: epochMs,
  })
  .openapi("IdentityProposal", {
    description: "Two devices that may be one. Nothing is done before a person says so.",
  });

const road = z.object({
  device: z.string().openapi({ description: "as its adapter knows it" }),
  name: z.string(),
  adapter,
  dialect: z.string(),
  vendor: text,
  model: text,
  serial: text,
  addresses: devices,
  live: z.boolean().openapi({ description: "there, and not longer silent than it should be" }),
  reachable: z.union([z.boolean(), z.literal("unknown")]),
  heardAt: epochMs.optional(),
  leads: z.boolean().openapi({ description: "gives the device its id, name and endpoints; can't be parted from it" }),
});

const path = z.object({
  endpoint: endpointNumber,
  capability: z.string(),
  label: z.string(),
  now: devices.openapi({ description: "the roads that tell it now; several where one lacks an attribute" }),
  others: devices.openapi({ description: "roads that could" }),
});

const merged = z
  .object({
    node: z.string(),
    name: z.string(),
    roads: z.array(road).readonly(),
    paths: z.array(path).readonly(),
    evidence: z.array(evidence).readonly(),
    by: z.string().openapi({ description: "a person's name, or `hub`" }),
    at: epochMs,
  })
  .openapi("MergedDevice");

const own = z.object({ device: z.string(), name: z.string(), over: z.string(), at: epochMs });

export const identityView = z
  .object({
    proposals: z.array(proposal).readonly(),
    merges: z.array(merged).readonly(),
    own: z.array(own).readonly().openapi({
      description: "devices of this hub's own that came back over its bridge or announcements; not added, not counted",
    }),
  })
  .openapi("Identity");

export const proposalParam = z.object({
  key: z
    .string()
    .max(170)
    .regex(/^[a-z0-9._-]+:[a-z0-9._-]+$/, "must be a key as GET /api/identity lists it")
    .openapi({ param: { name: "key", in: "path" } }),
});

export const mergeRequest = z
  .strictObject({ keep: nodeId, other: nodeId })
  .openapi("MergeRequest", { description: "`other` becomes part of `keep`" });

export const splitRequest = z
  .strictObject({ node: nodeId, device: nodeId })
  .openapi("SplitRequest", { description: "`device` is the road that becomes a device of its own again" });

export const nodeAnswer = z.object({ node: z.string() }).openapi("NodeAnswer");
