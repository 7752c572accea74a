import { defineConfig } from "vitest/config";

/** The longer checks of .ci/run: real models, whole journeys, many restarts. */
export default defineConfig({
  test: {
    include: ["test/**/*.long.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Most of them wait for simulated time; three side by side fit two cores.
    maxWorkers: 3,
    // Real sockets on a noisy machine may be late once; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    reporters: ["default"],
  },
});
