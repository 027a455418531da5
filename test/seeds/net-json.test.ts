/** The definitions of the documents, against what the reader makes of `fixtures/net`. */
import { describe, expect, test } from "vitest";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";
import { factOf, nameOf } from "./fact-of.js";
import { NET_JSON, VHOST_USER_PATCH } from "./net-json.js";

const schema = schemaOf(fixtureFiles("net"));

describe("net.json of 2023", () => {
  test.each(NET_JSON)("$definition", (fact) => {
    expect(factOf(schema, nameOf(fact))).toEqual(fact);
  });

  test("is all of the fixture's net.json, in its order", () => {
    const module = schema.modules.find(({ name }) => name === "net.json");
    expect(module?.definitions.map(({ name }) => name)).toEqual(NET_JSON.map(nameOf));
  });

  test("includes common.json and sockets.json, where the types are that it does not define itself", () => {
    const from = (name: string): string | undefined => schema.byName.get(name)?.module.name;
    expect([from("String"), from("SocketAddress")]).toEqual(["common.json", "sockets.json"]);
    const text = fixtureFiles("net")["net.json"] ?? "";
    expect(text).toMatch(/^\{ 'include': 'common\.json' \}\n\{ 'include': 'sockets\.json' \}$/m);
  });
});

describe("the patch for vhost-user", () => {
  test.each(VHOST_USER_PATCH)("$definition", (fact) => {
    expect(factOf(schema, nameOf(fact))).toEqual(fact);
  });

  test("is at the end of char.json, where ChardevInfo is", () => {
    const module = schema.byName.get("ChardevInfo")?.module;
    expect(module?.name).toBe("char.json");
    expect(module?.definitions.slice(-2).map(({ name }) => name)).toEqual(VHOST_USER_PATCH.map(nameOf));
  });
});
