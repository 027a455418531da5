/**
 * Places in the data of events, checked against the types of QEMU's releases.
 */
import type { Events as Newest } from "qapi-codegen/qemu-10.2";
import type { Events as Oldest } from "qapi-codegen/qemu-7.2";
import type { Kind } from "./kinds.js";

/** The events of QEMU 10.2. */
export type EventName = Extract<keyof Newest, string>;

/** Null: none. Never: there is no such event. */
type DataIn<Events, Name> = Name extends keyof Events
  ? Events[Name] extends { readonly data: infer Data }
    ? Data
    : null
  : never;

/** The data of an event: that of either release, if both have it. What can be said of it is what is true of both. */
export type DataOf<Name> = DataIn<Newest, Name> | DataIn<Oldest, Name>;

/** The data of an event of QEMU 10.2. */
export type NewestDataOf<Name> = DataIn<Newest, Name>;

/** The ways to members at any depth: `client.host`. Of a union, those that all of it have. */
type PathIn<Data> = {
  [Name in Extract<keyof Data, string>]:
    Name | (NonNullable<Data[Name]> extends object ? `${Name}.${PathIn<NonNullable<Data[Name]>>}` : never);
}[Extract<keyof Data, string>];

/** What is where a path leads to. */
export type At<Data, Path> = Path extends `${infer Name}.${infer Rest}`
  ? Name extends keyof Data
    ? At<NonNullable<Data[Name]>, Rest>
    : never
  : Path extends keyof Data
    ? Data[Path]
    : never;

/**
 * A place in data, and what is made of what is there. It compiles where the path leads somewhere, and the kind is for all that may be
 * there.
 *
 * @typeParam Data - Unknown: any.
 */
export type Place<Data, Value> = unknown extends Data
  ? { readonly at: string; readonly as: Kind<never, Value> }
  : { [Path in PathIn<Data>]: { readonly at: Path; readonly as: Kind<At<Data, Path>, Value> } }[PathIn<Data>];
