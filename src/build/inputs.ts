/**
 * What a run looks at on the disk. All of it goes through one object, which keeps every question with its answer: where the
 * same questions have the same answers, another run would come to the same result.
 */
import { resolve } from "node:path";
import { HostError } from "../schema/host.js";
import { diskHost, type Disk, type PathKind } from "./disk-host.js";

/** A disk that writes down what it is asked. Each question is asked once: to a run, the disk does not change. */
export class Inputs implements Disk {
  readonly #texts: Asked<[], string>;
  readonly #kinds: Asked<[], PathKind | undefined>;
  readonly #names: Asked<[suffix: string], readonly string[]>;

  /** @param disk - What answers. Default: the disk itself. */
  constructor(disk: Disk = diskHost) {
    this.#texts = new Asked((path) => disk.read(path), isIdentical);
    this.#kinds = new Asked((path) => disk.kind(path), isIdentical);
    this.#names = new Asked((path, suffix) => disk.list(path, suffix), haveSameNames);
  }

  read(path: string): string {
    return this.#texts.get(path);
  }

  kind(path: string): PathKind | undefined {
    return this.#kinds.get(path);
  }

  list(path: string, suffix: string): readonly string[] {
    return this.#names.get(path, suffix);
  }

  /** All paths that something was asked about, absolute, sorted: also those at which nothing is. */
  get paths(): readonly string[] {
    const paths = [...this.#texts.paths, ...this.#kinds.paths, ...this.#names.paths];
    return [...new Set(paths.map((path) => resolve(path)))].sort();
  }

  /** Whether nothing was refused. */
  get wereRead(): boolean {
    return this.#texts.wereGiven && this.#names.wereGiven;
  }

  /** What was read, by path. */
  get texts(): ReadonlyMap<string, string> {
    return new Map(this.#texts.answers.map(({ question: [path], answer }) => [path, answer]));
  }

  /** What paths led to, by path. */
  get kinds(): ReadonlyMap<string, PathKind | undefined> {
    return new Map(this.#kinds.answers.map(({ question: [path], answer }) => [path, answer]));
  }

  /** The names in directories, those with a suffix, sorted. */
  get names(): readonly (readonly [path: string, suffix: string, ...names: string[]])[] {
    return this.#names.answers.map(({ question: [path, suffix], answer }) => [path, suffix, ...answer] as const);
  }

  /** Whether the disk has another answer by now. */
  haveChanged(): boolean {
    return this.#texts.haveChanged() || this.#kinds.haveChanged() || this.#names.haveChanged();
  }
}

/** Why there is no answer. */
class Refusal {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The answers to one kind of question, which is about a path and may have further arguments. */
class Asked<A extends readonly string[], T> {
  readonly #answer: (path: string, ...args: A) => T;
  readonly #isSame: (one: T, other: T) => boolean;
  readonly #answers = new Map<string, { readonly question: [string, ...A]; readonly answer: T | Refusal }>();

  constructor(answer: (path: string, ...args: A) => T, isSame: (one: T, other: T) => boolean) {
    this.#answer = answer;
    this.#isSame = isSame;
  }

  get paths(): readonly string[] {
    return [...this.#answers.values()].map(({ question: [path] }) => path);
  }

  /** Whether none was refused. */
  get wereGiven(): boolean {
    return this.answers.length === this.#answers.size;
  }

  /** Those that were not refused. */
  get answers(): readonly { readonly question: readonly [path: string, ...A]; readonly answer: T }[] {
    return [...this.#answers.values()].flatMap(({ question, answer }) =>
      answer instanceof Refusal ? [] : [{ question, answer }],
    );
  }

  /** @throws HostError where the answer was one, as often as it is asked for. */
  get(...question: [path: string, ...A]): T {
    const key = question.join("\0");
    let known = this.#answers.get(key);
    if (known === undefined) this.#answers.set(key, (known = { question, answer: this.#ask(question) }));
    const { answer } = known;
    if (answer instanceof Refusal) throw new HostError(answer.message);
    return answer;
  }

  haveChanged(): boolean {
    for (const { question, answer } of this.#answers.values()) {
      const now = this.#ask(question);
      if (answer instanceof Refusal || now instanceof Refusal) {
        const isSame = answer instanceof Refusal && now instanceof Refusal && answer.message === now.message;
        if (!isSame) return true;
      } else if (!this.#isSame(answer, now)) {
        return true;
      }
    }
    return false;
  }

  #ask(question: [path: string, ...A]): T | Refusal {
    try {
      return this.#answer(...question);
    } catch (error) {
      if (error instanceof HostError) return new Refusal(error.message);
      throw error;
    }
  }
}

function isIdentical(one: unknown, other: unknown): boolean {
  return one === other;
}

function haveSameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
