// npm run screenshots: takes the pictures in docs/images in headless Chromium (/usr/bin/chromium, or what CHROMIUM says), of things as
// they are: the site that `npm run site` has made, the command line that `npm run build` has made. Name pictures to take only those.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { ansiToHtml } from "./ansi.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = `${root}docs/.vitepress/dist`;
const images = `${root}docs/images`;

/** What a picture may have, in bytes: it is in the repository for ever. */
const MOST = 150_000;

/** How each picture is taken, by its name. */
const PICTURES = {
  diagnostics: (browser) =>
    terminal(browser, "qapi-codegen generate net.json -o src/qmp", {
      "net.json": `{ 'enum': 'SocketType', 'data': [ 'inet', 'unix', 'fd', 'unix' ] }

{ 'struct': 'SocketAddress', 'data': { 'type': 'SocketType' } }

{ 'struct': 'StreamOptions',
  'data': { 'addr': 'SocketAdress', '*server': 'bool' } }
`,
    }),
  overlay,
  "site-light": (browser) => front(browser, "light"),
  "site-dark": (browser) => front(browser, "dark"),
};

/** A picture of the front page. */
async function front(browser, colorScheme) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 780 }, colorScheme });
  // Files of the site are served without a server.
  await page.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(site, pathname.endsWith("/") ? `${pathname}index.html` : pathname) });
  });
  await page.goto("http://site.test/", { waitUntil: "networkidle" });
  return page.screenshot();
}

/** A picture of Vite's overlay with a mistake in a schema that was made while the page was open. */
async function overlay(browser) {
  const directory = mkdtempSync(join(tmpdir(), "qapi-screenshots-"));
  const schema = (members) => `{ 'enum': 'RunState', 'data': [ 'running', 'paused' ] }

{ 'event': 'STATE_CHANGED',
  'data': ${members} }
`;
  const write = (name, text) => writeFileSync(join(directory, name), text);
  write("machine.json", schema("{ 'state': 'RunState', '*reason': 'str' }"));
  write("main.ts", 'import { RunState } from "./qmp/index.js";\ndocument.title = Object.keys(RunState).join();\n');
  write("index.html", '<!doctype html><script type="module" src="main.ts"></script>');
  const { createServer } = await import("vite");
  const { default: qapi } = await import("../dist/bundler/vite.js");
  const server = await createServer({
    root: directory,
    configFile: false,
    logLevel: "error",
    server: { port: 0 },
    plugins: [qapi({ schema: "machine.json", output: "qmp" })],
  });
  try {
    await server.listen();
    const page = await browser.newPage({ viewport: { width: 1100, height: 330 } });
    await page.goto(server.resolvedUrls?.local[0] ?? "", { waitUntil: "networkidle" });
    await page.waitForFunction(() => globalThis["document"].title === "running,paused");
    write("machine.json", schema("{ 'state': 'RunStates', '*reason': 'str' }"));
    const file = page.locator("vite-error-overlay .file-link");
    await file.waitFor();
    // The directory is another one each time, of this machine.
    await file.evaluate(
      (link, temporary) => (link.textContent = link.textContent.replace(temporary, "/home/me/project")),
      directory,
    );
    return await page.screenshot();
  } finally {
    await server.close();
    rmSync(directory, { recursive: true });
  }
}

/** A picture of what a command prints, in a directory with some files. */
async function terminal(browser, command, files) {
  const directory = mkdtempSync(join(tmpdir(), "qapi-screenshots-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const [, ...args] = command.split(" ");
  const { stdout, stderr } = spawnSync(process.execPath, [`${root}dist/bin/qapi-codegen.cjs`, ...args, "--color"], {
    cwd: directory,
    encoding: "utf8",
  });
  rmSync(directory, { recursive: true });
  // More pixels make sharp letters.
  const page = await browser.newPage({ viewport: { width: 800, height: 100 }, deviceScaleFactor: 1.5 });
  await page.setContent(`<!doctype html>
<style>
  body { margin: 0; background: #16181d; }
  pre { display: inline-block; margin: 0; padding: 16px 20px; color: #d7dae0; font: 12px/1.5 "DejaVu Sans Mono", monospace; }
  .bold { font-weight: bold; } .dim { opacity: 0.6; }
  .red { color: #ff6b68; } .green { color: #7bc275; } .yellow { color: #e5c07b; }
  .blue { color: #6cb2f7; } .magenta { color: #d58fe0; } .cyan { color: #56c2cf; }
</style>
<pre><span class="dim">$</span> ${ansiToHtml(`${command}\n${stdout}${stderr}`.trimEnd())}</pre>`);
  return page.locator("pre").screenshot();
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PICTURES);
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    ...["--no-sandbox", "--disable-gpu", "--no-first-run"],
    ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ],
});
try {
  for (const name of wanted) {
    const take = PICTURES[name];
    if (take === undefined) throw new Error(`there is no picture '${name}': ${Object.keys(PICTURES).join(", ")}`);
    const file = `${images}/${name}.png`;
    writeFileSync(file, await take(browser));
    const { size } = statSync(file);
    console.log(`${name}.png: ${String(Math.round(size / 1000))} kB`);
    if (size > MOST) throw new Error(`${name}.png is larger than ${String(MOST / 1000)} kB`);
  }
} finally {
  await browser.close();
}
