/**
 * Asks QEMU what the disks are that events tell of.
 */
import { type AbortSignalLike, waitFor } from "../runtime/waiting.js";
import { aliasOf, type BlockAnswers, type Disk, diskIn } from "./disks.js";
import type { DiskNames } from "./read.js";

/** Executes a command. */
export type Ask = (command: string, args?: object) => Promise<unknown>;

/** How it is asked. */
export interface LookupOptions {
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignalLike;
  /** Told once of each question that has no answer. */
  readonly failed: (cause: unknown) => void;
}

/** A question that QEMU has not answered yet. */
interface Question {
  readonly answers: Promise<BlockAnswers>;
  /** Whether nothing is answered yet, so that the answers will be of later than now. */
  isFresh: boolean;
  isFailed: boolean;
}

/** Of how many disks the paths are remembered. */
const MOST_KNOWN = 1000;

/** Finds the paths of disks. However many want to know, one question is under way at most. */
export class DiskLookup {
  readonly #ask: Ask;
  readonly #options: LookupOptions;
  #question: Question | undefined;
  /** The one after that. */
  #next: Promise<Question> | undefined;
  /** What was told last, by {@link keyOf}. */
  readonly #known = new Map<string, Disk>();

  constructor(ask: Ask, options: LookupOptions) {
    this.#ask = ask;
    this.#options = options;
  }

  /** The disk as it is now, or as it was last known if QEMU does not tell in time. It never rejects. */
  async find(names: DiskNames): Promise<Disk> {
    const { signal, timeout } = this.#options;
    let question = this.#question;
    try {
      const answers = await waitFor<BlockAnswers>(
        { signal, timeout },
        () => new Error(`no answer after ${timeout} ms`),
        ({ resolve, reject }) => {
          this.#fresh()
            .then((fresh) => {
              question = fresh;
              return fresh.answers;
            })
            .then(resolve, reject);
          return () => undefined;
        },
      );
      const disk = diskIn(answers, names);
      if (disk === undefined) return this.lastKnown(names);
      this.#know(names, disk);
      return disk;
    } catch (error) {
      this.#fail(question, error);
      return this.lastKnown(names);
    }
  }

  /** The disk as it was last known. */
  lastKnown(names: DiskNames): Disk {
    return this.#known.get(keyOf(names)) ?? { srcPath: "", devAlias: aliasOf(names, "") };
  }

  /** Forgets what is known: it is another QEMU now. */
  forget(): void {
    this.#known.clear();
  }

  /** A question whose answers will be of later than now. */
  async #fresh(): Promise<Question> {
    if (this.#question?.isFresh === true) return this.#question;
    if (this.#question === undefined) return (this.#question = this.#put());
    this.#next ??= this.#question.answers.then(
      () => this.#following(),
      () => this.#following(),
    );
    return this.#next;
  }

  #following(): Question {
    this.#next = undefined;
    return (this.#question = this.#put());
  }

  #put(): Question {
    const answered = (): void => void (question.isFresh = false);
    const devices = this.#ask("query-block");
    // Which some QEMUs do not have, or not with this argument; most disks are found without it.
    const nodes = this.#ask("query-named-block-nodes", { flat: true }).catch(() => []);
    devices.then(answered, answered);
    nodes.then(answered, answered);
    const answers = Promise.all([devices, nodes]).then(([ofDevices, ofNodes]) => ({
      devices: ofDevices,
      nodes: ofNodes,
    }));
    const question: Question = { answers, isFresh: true, isFailed: false };
    const over = (): void => {
      if (this.#question === question && this.#next === undefined) this.#question = undefined;
    };
    answers.then(over, over);
    return question;
  }

  #fail(question: Question | undefined, cause: unknown): void {
    if (this.#options.signal.aborted || question === undefined || question.isFailed) return;
    question.isFailed = true;
    this.#options.failed(cause);
  }

  #know(names: DiskNames, disk: Disk): void {
    const key = keyOf(names);
    this.#known.delete(key);
    this.#known.set(key, disk);
    if (this.#known.size <= MOST_KNOWN) return;
    for (const [oldest] of this.#known) {
      this.#known.delete(oldest);
      break;
    }
  }
}

/** What stays the same while the images of a disk change. */
function keyOf({ device, node, qomPath }: DiskNames): string {
  return device || qomPath || node;
}
