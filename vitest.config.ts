import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real processes and sockets on two cores: more workers only make each other late.
    maxWorkers: 2,
    // Of those that wait for a real broker; more would only make each other late.
    maxConcurrency: 2,
    // Real sockets on a noisy machine may be late once; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    reporters: ["default"],
  },
});
