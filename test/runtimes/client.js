// The client and the server of the built package, over a unix socket and over TCP: the address of the package is the first
// argument, a directory for the socket the second.
const { connect, createServer } = await import(process.argv[2]);

const schema = {
  int64: "mixed",
  metadata: new Map([["ring", { allowOob: true }]]),
  events: new Set(["RANG"]),
  validators: () => ({ commands: new Map(), events: new Map() }),
};
const big = 2n ** 63n - 1n;
for (const where of [`unix:${process.argv[3]}/qmp`, "tcp:127.0.0.1:0"]) {
  const handlers = {
    "query-door": () => ({ state: "öffen", width: big }),
    ring: () => server.emit("RANG", { by: "me" }),
  };
  const server = await createServer(schema, handlers, { validate: "none" });
  const { address } = await server.listen(where);
  const qmp = await connect(schema, address, { validate: "none", reconnect: true });
  const { state, width } = await qmp.execute("query-door");
  const { event } = await qmp.executeThenWait("ring", undefined, "RANG", { by: "me" }, { timeout: 5000 });
  const failure = await qmp.execute("sing", {}, { timeout: 5000 }).catch((error) => error);
  console.log(state, width === big, event.data.by, failure.name, failure.class);
  const lost = qmp.stateChanged.once({ timeout: 5000 });
  await server.clients[0].close();
  console.log((await lost).state);
  await qmp.close();
  await server.close();
}
