/** The plugin in Vite's development server, as somebody sees it who looks at a page while editing a schema. */
import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from "vitest";
import { skip } from "../support/each-qemu.js";
import { BROKEN, Project, schemaFiles } from "./plugin-project.js";

/** Where Chromium is; scripts/install-chromium.sh installs it. */
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** So that it asks nobody anything. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const PAGE = { "index.html": '<p id="doors"></p><script type="module" src="/src/main.ts"></script>' };

/** What shows the values of the enum. */
function main(specifier: string): Readonly<Record<string, string>> {
  const text = `import { Door } from "${specifier}";
const shown = document.querySelector("#doors");
if (shown !== null) shown.textContent = Object.values(Door).join();
`;
  return { ...PAGE, "src/main.ts": text };
}

if (!existsSync(CHROMIUM)) {
  skip("Vite's server", `there is no Chromium at ${CHROMIUM}: see scripts/install-chromium.sh`);
} else {
  let browser: Browser;
  let tab: Page;
  let project: Project;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    tab = await browser.newPage();
  });
  afterEach(async () => {
    await tab.close();
    await project.remove();
  });

  /** Starts the server of a project, and looks at its page. */
  async function serve(files: Readonly<Record<string, string>>, options?: object): Promise<void> {
    project = new Project(files, options);
    await tab.goto(await project.serve());
  }

  /** Waits until an expression is true in the page. */
  const becomes = (expression: string): Promise<unknown> => tab.waitForFunction(expression);
  const isShown = (text: string): Promise<unknown> =>
    becomes(`document.querySelector("#doors")?.textContent === ${JSON.stringify(text)}`);
  const overlay = `document.querySelector("vite-error-overlay")`;
  const isCovered = (text: string): Promise<unknown> =>
    becomes(`${overlay}?.shadowRoot.querySelector(".window").textContent.includes(${JSON.stringify(text)})`);
  const isUncovered = (): Promise<unknown> => becomes(`${overlay} === null`);

  const output = { schema: "schema/main.json", output: "src/qmp" };
  describe.each([
    ["an output", "./qmp/index.js", output],
    ["an import by qapi:", "qapi:../schema/main.json", {}],
  ])("%s", (_, specifier, options) => {
    test("a change of the schema reaches the page", async () => {
      await serve({ ...schemaFiles("front", "back"), ...main(specifier) }, options);
      await isShown("front,back");
      project.write(schemaFiles("front", "side"));
      await isShown("front,side");
      project.write({ "schema/doors.json": "", "schema/main.json": "{ 'include': 'more.json' }" });
      project.write({ "schema/more.json": "{ 'enum': 'Door', 'data': [ 'cellar' ] }" });
      await isShown("cellar");
    });

    test("a mistake covers the page until it is mended", async () => {
      await serve({ ...schemaFiles("front", "back"), ...main(specifier) }, options);
      await isShown("front,back");
      project.write(BROKEN);
      await isCovered("there is no type 'Dooor' [undefined-type]");
      await isCovered(`${project.directory}/schema/doors.json:2:39`);
      await isCovered("there is no type 'integer' [undefined-type]");
      await isShown("front,back");
      await tab.reload();
      await isCovered("there is no type 'Dooor'");
      // Mended to what it was: no file of the output changes.
      project.write(schemaFiles("front", "back"));
      await isUncovered();
      await isShown("front,back");
      project.write(BROKEN);
      await isCovered("there is no type 'Dooor'");
      project.write(schemaFiles("front", "side"));
      await isShown("front,side");
      await isUncovered();
    });

    test("a server that starts with a mistake shows it, and the page when it is mended", async () => {
      await serve({ ...schemaFiles(), ...BROKEN, ...main(specifier) }, options);
      await isCovered("there is no type 'Dooor' [undefined-type]");
      await isCovered("schema/doors.json:2:39");
      project.write(schemaFiles("front", "back"));
      await isShown("front,back");
      await isUncovered();
    });
  });

  test("the configuration is watched as well", async () => {
    const config = (schema: string): Readonly<Record<string, string>> => ({
      "qapi.config.json": JSON.stringify({ ...output, schema }),
      "schema/other.json": "{ 'enum': 'Door', 'data': [ 'cellar' ] }",
    });
    await serve({ ...schemaFiles("front"), ...main("./qmp/index.js"), ...config("schema/main.json") });
    await isShown("front");
    project.write({ "qapi.config.json": '{ "schema": "schema/main.json", "output": 7 }' });
    await isCovered("qapi.config.json:1:");
    project.write(config("schema/other.json"));
    await isShown("cellar");
    await isUncovered();
  });
}
