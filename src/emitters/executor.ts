/**
 * What every output declares for the clients that execute its commands.
 */

/** The statements of `commands/executor.ts`, behind the import of `Commands`. */
export const EXECUTOR = `\
/** The result of a command that has nothing to return: an object without members. */
export interface Empty {
  [name: string]: never;
}

/** What can end the wait for a reply: an \`AbortSignal\`, or what works like one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How a command is executed. */
export interface ExecuteOptions {
  /** Ends the wait for the reply. What QEMU has begun, it still does. */
  signal?: AbortSignalLike | undefined;
  /** How long to wait for the reply, in milliseconds. Default: up to the client. */
  timeout?: number | undefined;
}

/** How a command is executed that QEMU may run out of band. */
export interface OutOfBandOptions extends ExecuteOptions {
  /** Whether QEMU runs it at once, ahead of commands that wait. Default: false. */
  oob?: boolean | undefined;
}

/** What is passed to {@link Executor.execute} behind the name of the command. */
export type ExecuteParameters<Name extends keyof Commands> =
  Commands[Name] extends { arguments: infer Arguments }
    ? [args: Arguments, options?: OptionsOf<Name> | undefined]
    : [
        args?: Commands[Name]["arguments"] | undefined,
        options?: OptionsOf<Name> | undefined,
      ];

type OptionsOf<Name extends keyof Commands> = Commands[Name] extends OutOfBand
  ? OutOfBandOptions
  : ExecuteOptions;

interface OutOfBand {
  oob: true;
}

/** What executes commands: a client of QEMU, or what stands in for one in a test. */
export interface Executor {
  /**
   * Executes a command.
   *
   * @returns What the command returns. The promise is rejected when QEMU answers with an error or not at all.
   */
  execute<Name extends keyof Commands>(
    command: Name,
    ...parameters: ExecuteParameters<Name>
  ): Promise<Commands[Name]["returns"]>;
}`;
