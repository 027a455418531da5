/**
 * Who is told of what goes wrong.
 */

/** Tells of a problem. It never throws. */
export type Report = (problem: Error) => void;

/**
 * @param onProblem - Default: a line on the console.
 * @param who - What that line begins with.
 */
export function reportTo(onProblem: ((problem: Error) => void) | undefined, who: string): Report {
  // eslint-disable-next-line no-console -- the last resort, documented where the option is declared
  const tell = onProblem ?? ((problem) => console.warn(`${who}: ${problem.message}`));
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
