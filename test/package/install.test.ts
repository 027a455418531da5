/** The package as it is installed, with nothing beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { VERSION } from "../../src/version.js";
import { applicationText, PRINTED } from "../support/application.js";
import { PROGRAMS } from "../runtimes/runtimes.js";
import { linesOf, makeProject, run } from "./run.js";

const fresh = inject("fresh");
const NODES = PROGRAMS.filter(({ name }) => name.startsWith("Node")).map(({ name, command }) => {
  const [node] = command("");
  return { name, node };
});

it("is installed without a warning, with few packages beside it", () => {
  const report = inject("installReport");
  console.log(`npm install of the package alone: ${inject("installSeconds").toFixed(1)} s`);
  expect(report.split("\n").filter((line) => line.includes("warn") && !/Unknown \w+ config/.test(line))).toEqual([]);
  const lock = readFileSync(join(fresh, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: object };
  expect(Object.keys(packages).length).toBeLessThan(35);
});

it("has its command line where npx finds it", () => {
  expect(linesOf(fresh, ["npx", "--no-install", "qapi-codegen", "--version"])).toEqual([VERSION]);
});

it("needs nothing of what is not published", () => {
  const names = readdirSync(join(fresh, "node_modules/qapi-codegen"));
  expect(names).not.toContain("src");
  expect(run(fresh, ["npx", "--no-install", "qapi-codegen", "explain", "undefined-type"]).status).toBe(0);
});

it("has the schemas of QEMU's releases", () => {
  expect(run(fresh, ["npx", "--no-install", "qapi-codegen", "qga@10.2", "-o", "src/qga", "--quiet"]).status).toBe(0);
  expect(readdirSync(join(fresh, "src/qga"))).toContain("commands");
});

it.each(NODES)("$name: generates, and what comes out runs", ({ name, node }) => {
  const folder = makeProject(`plain ${name}`, { "app.js": applicationText("js", ".js") });
  const made = linesOf(folder, ["qapi-codegen", inject("schema"), "-o", "qmp", "--target", "js"], { node });
  expect(made.join("\n")).toContain("Made qmp");
  expect(linesOf(folder, ["node", "app.js"], { node })).toEqual(PRINTED);
});
