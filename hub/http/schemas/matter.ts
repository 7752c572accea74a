import { z } from "@hono/zod-openapi";
import { epochMs, nodeId } from "./common.ts";

export const matterShare = z
  .object({
    qr: z.string().openapi({ description: "text of the QR code" }),
    manual: z.string().openapi({ description: "the 11 digits" }),
    until: epochMs,
  })
  .openapi("MatterShare");

export const matterNode = z
  .object({
    fabrics: z
      .array(z.object({ index: z.number(), label: z.string(), maker: z.string(), ours: z.boolean() }))
      .readonly()
      .openapi({ description: "the homes that the device is paired with" }),
    fabricsAtMost: z.number(),
    window: z
      .enum(["closed", "ours", "another"])
      .openapi({ description: "whether it is in pairing mode, and through whom" }),
    share: matterShare.optional().openapi({ description: "the code of the window that this hub opened" }),
    label: z.string().openapi({ description: "the name stored in the device, which other homes see" }),
  })
  .openapi("MatterNode");

export const matterSettings = z
  .strictObject({
    online: z.boolean().openapi({
      description: "whether the standard's public ledger may be asked for makers' certificates and revoked devices",
    }),
  })
  .openapi("MatterSettings");

export const matterFacts = z
  .object({
    online: z.boolean(),
    running: z.boolean(),
    roots: z.number().openapi({ description: "makers' authorities that a certificate can be checked against" }),
    bluetooth: z.boolean().openapi({ description: "whether a device without a network can be paired" }),
  })
  .openapi("MatterFacts");

export const matterLabel = z
  .strictObject({ label: z.string().trim().max(32, "a device holds at most 32 characters") })
  .openapi("MatterLabel");

export const fabricParam = z.object({
  id: nodeId.openapi({ param: { name: "id", in: "path" } }),
  index: z.coerce
    .number()
    .int()
    .min(1)
    .max(254)
    .openapi({ param: { name: "index", in: "path" } }),
});
