import { z } from "@hono/zod-openapi";

export const announceSettings = z
  .strictObject({
    homie: z.boolean().openapi({ description: "as Homie 5 devices, under the domain inglenook" }),
    homeAssistant: z.boolean().openapi({ description: "by Home Assistant's discovery" }),
  })
  .openapi("AnnounceSettings");
