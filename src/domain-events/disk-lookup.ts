/**
 * Asks QEMU what the disks are that events tell of.
 */
import { LONGEST } from "../runtime/waiting.js";
import { aliasOf, type BlockAnswers, type Disk, diskIn } from "./disks.js";
import type { DiskNames } from "./read.js";

/** What a lookup wants to know of who uses it. */
export interface LookupHost {
  /** Executes a command. */
  ask(command: string, args?: object): Promise<unknown>;
  /** How long that may take, in milliseconds. */
  readonly timeout: number;
  /** Told of each question that is over. */
  over(): void;
  /** Told of each that has no answer, before that. */
  failed(cause: unknown): void;
}

/** A question to QEMU: what disks are there? */
export interface Question {
  /** Whether it is answered, or nobody waits for the answer any more. */
  readonly isOver: boolean;
  /** Undefined while there is none. */
  readonly answers: BlockAnswers | undefined;
}

/** A question, as it is inside. */
interface OpenQuestion extends Question {
  isOver: boolean;
  answers: BlockAnswers | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Of how many disks it is remembered what they are. */
const MOST_KNOWN = 1000;

/** Finds out about disks. However many events there are, one question is under way at most, and one comes after it. */
export class DiskLookup {
  readonly #host: LookupHost;
  /** The one that QEMU has to answer still. */
  #asked: OpenQuestion | undefined;
  /** The one that comes after it. */
  #next: OpenQuestion | undefined;
  /** What was told last, by {@link keyOf}. */
  readonly #known = new Map<string, Disk>();

  constructor(host: LookupHost) {
    this.#host = host;
  }

  /**
   * A question whose answers will be of later than now. Of one that is under way already, nobody knows: what has come of its answer may
   * wait for its turn behind this.
   */
  question(): Question {
    if (this.#asked === undefined) return this.#ask(this.#begun());
    return (this.#next ??= this.#begun());
  }

  /** What the disk is by the answers to a question; if there are none, or it is not in them, what was last known. */
  disk(names: DiskNames, { answers }: Question): Disk {
    const key = keyOf(names);
    const disk = answers === undefined ? undefined : diskIn(answers, names);
    if (disk === undefined) return this.#known.get(key) ?? { srcPath: "", devAlias: aliasOf(names, "") };
    this.#known.delete(key);
    this.#known.set(key, disk);
    if (this.#known.size > MOST_KNOWN) this.#forgetOldest();
    return disk;
  }

  /** Forgets what was known: it is another QEMU now. */
  forget(): void {
    this.#known.clear();
  }

  /** Nobody waits for answers any more. */
  end(): void {
    for (const question of [this.#asked, this.#next]) {
      if (question === undefined) continue;
      question.isOver = true;
      clearTimeout(question.timer);
    }
    this.#next = undefined;
  }

  #begun(): OpenQuestion {
    const { timeout } = this.#host;
    const question: OpenQuestion = { isOver: false, answers: undefined, timer: undefined };
    if (timeout <= LONGEST) {
      question.timer = setTimeout(() => this.#fail(question, new Error(`no answer after ${timeout} ms`)), timeout);
    }
    return question;
  }

  #ask(question: OpenQuestion): OpenQuestion {
    this.#asked = question;
    void this.#answered(question).then(() => {
      this.#asked = undefined;
      const next = this.#next;
      this.#next = undefined;
      if (next !== undefined) this.#ask(next);
    });
    return question;
  }

  /** Resolved when QEMU has answered all, in time or not. */
  async #answered(question: OpenQuestion): Promise<void> {
    const [devices, nodes] = await Promise.allSettled([
      this.#host.ask("query-block"),
      // Which some QEMUs do not have, or not with this argument; most disks are found without it.
      this.#host.ask("query-named-block-nodes", { flat: true }),
    ]);
    if (devices.status === "rejected") return this.#fail(question, devices.reason);
    question.answers = { devices: devices.value, nodes: nodes.status === "fulfilled" ? nodes.value : [] };
    this.#end(question);
  }

  #fail(question: OpenQuestion, cause: unknown): void {
    if (question.isOver) return;
    this.#host.failed(cause);
    this.#end(question);
  }

  #end(question: OpenQuestion): void {
    if (question.isOver) return;
    question.isOver = true;
    clearTimeout(question.timer);
    if (this.#next === question) this.#next = undefined;
    this.#host.over();
  }

  #forgetOldest(): void {
    for (const [oldest] of this.#known) {
      this.#known.delete(oldest);
      return;
    }
  }
}

/** What stays the same while the images of a disk change. */
function keyOf({ device, node, qomPath }: DiskNames): string {
  return device || qomPath || node;
}
