/** What has become of the documents in the releases of QEMU. */
import { expect, test } from "vitest";
import { checkSchema } from "../../src/build/check.js";
import type { Schema } from "../../src/schema/schema.js";
import { factOf } from "./fact-of.js";
import { NET_JSON } from "./net-json.js";

const [before, now] = [release("qemu@7.2"), release("qemu@10.2")];

test("the events of streams are as they were proposed", () => {
  for (const name of ["NETDEV_STREAM_CONNECTED", "NETDEV_STREAM_DISCONNECTED"]) {
    const proposed = NET_JSON.find(({ definition }) => definition.startsWith(`event ${name} `));
    expect(proposed).toBeDefined();
    expect(factOf(before, name)).toEqual(proposed);
    expect(factOf(now, name)).toEqual(proposed);
  }
});

test("NETDEV_VHOST_USER_CONNECTED has the id of the character device and not what there is to know of it", () => {
  expect(factOf(now, "NETDEV_VHOST_USER_CONNECTED")).toEqual({
    definition: "event NETDEV_VHOST_USER_CONNECTED (since 10.0)",
    parts: ["netdev-id: str", "chardev-id: str"],
  });
});

test("`reconnect`, in seconds, has given way to `reconnect-ms`", () => {
  const partsOf = (schema: Schema): readonly string[] =>
    factOf(schema, "NetdevStreamOptions").parts.map((part) => part.replace(/:.*/, ""));
  expect(partsOf(before)).toEqual(["addr", "server?"]);
  expect(partsOf(now)).toEqual(["addr", "server?", "reconnect-ms?"]);
});

test("of all back-ends only streams and vhost-user tell of their connection, each in events of its own", () => {
  const told = (schema: Schema): readonly string[] =>
    schema.events.map(({ name }) => name).filter((name) => name.startsWith("NETDEV_"));
  expect(told(before)).toEqual(["NETDEV_STREAM_CONNECTED", "NETDEV_STREAM_DISCONNECTED"]);
  expect(told(now).toSorted()).toEqual([
    ...["NETDEV_STREAM_CONNECTED", "NETDEV_STREAM_DISCONNECTED"],
    ...["NETDEV_VHOST_USER_CONNECTED", "NETDEV_VHOST_USER_DISCONNECTED"],
  ]);
});

function release(name: string): Schema {
  const { schema } = checkSchema({ schema: name });
  if (schema === undefined) throw new Error(`there is no ${name}`);
  return schema;
}
