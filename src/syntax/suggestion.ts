/** The one of `known` that `name` is most likely a slip for; undefined when none is near. */
export function suggestion(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  // A third of the letters may be wrong.
  let least = Math.max(Math.floor(name.length / 3), name.length > 1 ? 1 : 0) + 1;
  const folded = fold(name);
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least + 1) continue;
    const distance = fold(candidate) === folded ? 0 : editDistance(name, candidate, least);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
    if (distance === 0) break;
  }
  return best;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

/**
 * The edit distance, or `limit` when it is at least that. Two neighbours that changed places count once, since that is the
 * most common slip: the "optimal string alignment" distance.
 */
function editDistance(a: string, b: string, limit: number): number {
  let beforePrevious: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(distance);
      least = Math.min(least, distance);
    }
    // Not on the first row that is too far: a swap may reach back over it.
    if (least >= limit && Math.min(...previous) >= limit - 1) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
