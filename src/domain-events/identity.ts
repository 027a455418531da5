/**
 * Who a domain is.
 */
import { ProtocolError } from "../runtime/errors.js";
import { ownMember } from "../runtime/message.js";
import type { AttachOptions, DomainIdentity, Monitor } from "./api.js";

/**
 * Asks QEMU for what is not given.
 *
 * @throws what the commands are rejected with; ProtocolError for an answer that is none.
 */
export async function identify(
  connection: Monitor,
  { name, uuid }: AttachOptions,
): Promise<Pick<DomainIdentity, "name" | "uuid">> {
  const [foundName, foundUuid] = await Promise.all([
    name ?? ask(connection, "query-name", "name"),
    uuid ?? ask(connection, "query-uuid", "UUID"),
  ]);
  if (foundUuid === "") throw new ProtocolError("message", "query-uuid: the reply has no string UUID", "");
  return { name: foundName || foundUuid, uuid: foundUuid };
}

/** A member of what a command returns; empty if that is no string. */
async function ask(connection: Monitor, command: string, member: string): Promise<string> {
  const answer = await connection.executeUntyped(command);
  const value = ownMember(answer, member);
  return typeof value === "string" ? value : "";
}
