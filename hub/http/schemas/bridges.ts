import { z } from "@hono/zod-openapi";

const ecosystem = z.enum(["any", "apple", "google", "amazon", "smartthings", "homeAssistant"]);
const names = z.array(z.string().max(200)).max(500).readonly();

const filter = z
  .strictObject({
    show: z.enum(["all", "rooms", "kinds", "chosen"]).default("all"),
    rooms: names.default([]),
    kinds: names.default([]).openapi({ description: "device types" }),
    include: names.default([]).openapi({ description: "devices that are shown whatever the rest says" }),
    exclude: names.default([]).openapi({ description: "devices that are never shown" }),
  })
  .openapi("BridgeFilter");

const wish = {
  name: z.string().max(200),
  ecosystem: ecosystem.default("any"),
  filter: filter.prefault({}),
  port: z.number().int().optional().openapi({ description: "UDP; left out: the hub chooses. Alexa: 5540 only" }),
};

export const bridgeWish = z
  .strictObject(wish)
  .openapi("BridgeWish", { example: { name: "Home", ecosystem: "apple", filter: { show: "all" } } });

export const bridgeStatus = z
  .object({
    settings: z.object({ ...wish, id: z.string(), ecosystem, filter, port: z.number().int() }),
    state: z.enum(["starting", "online", "failed"]),
    problem: z.string().optional().openapi({ description: "why it failed and what to try" }),
    qrCode: z.string().optional().openapi({ description: "the text of the QR code" }),
    manualCode: z.string().optional().openapi({ description: "11 digits" }),
    openUntil: z.number().openapi({ description: "until when it may be paired with, epoch ms; 0: closed" }),
    fabrics: z
      .array(z.object({ index: z.number().int(), label: z.string(), maker: z.string() }))
      .readonly()
      .openapi({ description: "the controllers that it is paired with" }),
    shown: z.number().int().openapi({ description: "devices" }),
  })
  .openapi("BridgeStatus");

export const bridgeList = z.object({ bridges: z.array(bridgeStatus).readonly() }).openapi("BridgeList");

export const bridgeParam = z.object({
  id: z
    .string()
    .max(40)
    .openapi({ param: { name: "id", in: "path" }, example: "1" }),
});

export const fabricParam = bridgeParam.extend({
  index: z.coerce
    .number()
    .int()
    .min(1)
    .max(254)
    .openapi({ param: { name: "index", in: "path" }, example: 1 }),
});

export const windowRequest = z.strictObject({ open: z.boolean() }).openapi("BridgeWindow");

export const previewRequest = z
  .strictObject({ ecosystem: wish.ecosystem, filter: wish.filter })
  .openapi("BridgePreviewRequest");

export const bridgePreview = z
  .object({
    nodes: z
      .array(
        z.object({
          node: z.string(),
          name: z.string(),
          room: z.string().optional(),
          parts: z
            .array(
              z.object({
                type: z.string().openapi({ description: "the standard's device type" }),
                label: z.string(),
                abilities: z.array(z.string()).readonly(),
                hidden: z.string().optional().openapi({ description: "why this ecosystem may not show it" }),
              }),
            )
            .readonly(),
          notes: z.array(z.string()).readonly().openapi({ description: "what does not go out, and why" }),
          chosen: z.boolean(),
        }),
      )
      .readonly(),
    basis: z.string().openapi({ description: "what is known of the ecosystem, and from where" }),
  })
  .openapi("BridgePreview");
