import { defineConfig } from "vitest/config";

/** The Matter judges; started by test/journeys/judges/run.sh, which makes the networks they need. */
export default defineConfig({
  test: {
    include: ["test/**/*.judge.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    fileParallelism: false,
    retry: process.env.CI ? 1 : 0,
    reporters: ["default"],
  },
});
