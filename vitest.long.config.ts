import { defineConfig } from "vitest/config";

/** The longer checks of .ci/run: real models, whole journeys, many restarts. */
export default defineConfig({
  test: {
    include: ["test/**/*.long.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    reporters: ["default"],
  },
});
