import { defineConfig, loadEnv } from "vite";

const { GATEWAY_URL: gateway = "http://127.0.0.1:8000" } = loadEnv("", ".", "GATEWAY_URL");
const api = ["/predict", "/models", "/dataset", "/health", "/docs", "/openapi.json", "/v2"];

export default defineConfig({
  base: "./", // the page may be served under any path prefix
  build: {
    assetsInlineLimit: 0, // the content security policy allows nothing inline
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(api.map((path) => [path, gateway])) },
});
