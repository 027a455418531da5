/**
 * Who is told of what goes wrong.
 */

/** Tells of a problem. It never throws. */
export type Report = (problem: Error) => void;

/** @param onProblem - Default: a line on the console. */
export function reportTo(onProblem: ((problem: Error) => void) | undefined): Report {
  const tell = onProblem ?? warn;
  return (problem) => {
    try {
      tell(problem);
    } catch (error) {
      // A mistake of whoever is told of mistakes: nobody is left to be told but the runtime.
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}

function warn(problem: Error): void {
  // eslint-disable-next-line no-console -- the last resort, documented where the option is declared
  console.warn(`qapi-codegen/domain-events: ${problem.message}`);
}
