import { defineConfig } from "vite";

/**
 * The dashboard's build. Served under `default-src 'self'`: nothing inlined (no data: URLs, no inline scripts),
 * nothing fetched from elsewhere.
 */
export default defineConfig({
  root: "dashboard",
  base: "./",
  publicDir: "public",
  build: {
    outDir: "../dist/dashboard",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
