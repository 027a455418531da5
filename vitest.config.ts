import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    // Vitest leaves one core idle, which is half of a machine with two.
    maxWorkers: "100%",
    // Some tests run compilers.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Runs of the command line leave nothing behind, but in the tests of that.
    env: { QAPI_CODEGEN_CACHE: "off" },
    projects: [
      {
        extends: true,
        test: { name: "project", include: ["test/**/*.test.ts"], exclude: ["test/{trees,runtimes,package}/**"] },
      },
      // Needs schema trees of QEMU, which are not part of the project: npm run trees -- DIR
      { extends: true, test: { name: "trees", include: ["test/trees/**/*.test.ts"] } },
      // Needs other runtimes and bundlers, which this installs: npm run runtimes
      { extends: true, test: { name: "runtimes", include: ["test/runtimes/*.test.ts"] } },
      // Packs the package and installs it in projects: npm run package
      {
        extends: true,
        test: { name: "package", include: ["test/package/*.test.ts"], globalSetup: "test/package/setup.ts" },
      },
    ],
  },
});

export default config;
