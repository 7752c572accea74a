import { z } from "@hono/zod-openapi";

const key = z.string().max(300);

export const exportQuery = z.object({
  format: z.enum(["csv", "sqlite", "parquet"]).default("csv"),
  resolution: z.enum(["raw", "5m", "hour", "day"]).default("hour").openapi({
    description:
      "raw: every reading as it came, for as long as these are kept; 5m, hour: buckets with their lowest, mean, highest and last value; day: the home's calendar days. Text has no buckets.",
  }),
  from: z.string().max(40).optional().openapi({ description: "ISO 8601 or epoch ms, inclusive; absent: all there is" }),
  to: z.string().max(40).optional().openapi({ description: "ISO 8601 or epoch ms, exclusive; absent: until now" }),
  key: z
    .union([key.transform((one) => [one]), z.array(key).max(1000)])
    .optional()
    .openapi({ description: "attributes' keys; absent: all, also of devices that are gone" }),
});
