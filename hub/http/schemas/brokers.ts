import { z } from "@hono/zod-openapi";

export const brokerStatus = z
  .object({
    name: z.string(),
    url: z.string(),
    own: z.boolean().openapi({ description: "the hub's embedded broker" }),
    state: z.enum(["connecting", "connected", "waiting"]),
    reason: z.string().optional().openapi({ description: "why there is no connection, and what to try" }),
    protocol: z.enum(["3.1.1", "5"]).optional(),
    encrypted: z.boolean(),
    username: z.string().optional(),
    messages: z.number().int().openapi({ description: "since the start of the hub" }),
  })
  .openapi("BrokerStatus");

export const brokerList = z.object({ brokers: z.array(brokerStatus).readonly() }).openapi("BrokerList");

const pem = z.string().max(65_536).optional();

export const brokerRequest = z
  .strictObject({
    url: z.string().max(300),
    username: z.string().max(200).optional(),
    password: z.string().max(200).optional(),
    ca: pem,
    cert: pem,
    key: pem,
    insecure: z.boolean().optional(),
  })
  .openapi("BrokerRequest", { example: { url: "mqtt://192.168.1.20:1883", username: "hub", password: "…" } });

export const brokerName = z.object({
  name: z
    .string()
    .max(40)
    .openapi({ param: { name: "name", in: "path" }, example: "kitchen-pi" }),
});
