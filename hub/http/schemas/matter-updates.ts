import { z } from "@hono/zod-openapi";
import { nodeId } from "./common.ts";

const version = z.number().int().min(0).max(0xffff_ffff).openapi({ description: "Matter's number of the version" });

export const deviceUpdate = z
  .object({
    words: z.string().openapi({ description: "the device's version now" }),
    able: z.boolean().openapi({ description: "whether it takes updates through Matter at all" }),
    offer: z
      .object({
        version,
        words: z.string().openapi({ description: "the version as people call it" }),
        size: z.number().optional().openapi({ description: "bytes" }),
        notes: z.string().optional().openapi({ description: "an https page about what is new" }),
        source: z.enum(["folder", "ledger"]).openapi({
          description: "a file that lies with the hub, or the maker's, still to be fetched from the internet",
        }),
      })
      .optional()
      .openapi({ description: "the newest update that fits the device" }),
    run: z
      .object({
        state: z.enum(["running", "done", "failed", "cancelled"]),
        version,
        words: z.string(),
        done: z.number().openapi({ description: "0 to 1" }),
        detail: z.string().openapi({ description: "the step, or why it failed" }),
        stoppable: z.boolean(),
      })
      .optional()
      .openapi({ description: "the last update that a person wanted" }),
  })
  .openapi("DeviceUpdate");

export const matterUpdateList = z
  .object({
    folder: z.string().openapi({ description: "where a person puts update files (.ota)" }),
    devices: z
      .array(deviceUpdate.extend({ node: nodeId }))
      .readonly()
      .openapi({ description: "devices with an update, or on which one runs" }),
    badFiles: z
      .array(z.object({ file: z.string(), why: z.string() }))
      .readonly()
      .openapi({ description: "files in the folder that are no updates" }),
  })
  .openapi("MatterUpdateList");

export const updateWish = z.strictObject({ version }).openapi("UpdateWish");
