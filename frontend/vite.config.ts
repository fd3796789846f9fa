import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

// Output names carry a content hash, so the server may cache them for ever; the
// manifest tells the `vite_asset` template tag which file belongs to which source.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL("../static/build", import.meta.url)),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    // An inlined asset would be a data: address, which the CSP refuses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: "src/main.ts" },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    clearMocks: true,
    restoreMocks: true,
  },
});
