// How results are worked out and printed.

/**
 * @param {readonly number[]} numbers - At least one.
 * @returns {number}
 */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export function row(name, value, ratio, verdict) {
  console.log(`  ${name.padEnd(34)}${value.padStart(12)}  ${ratio.padEnd(25)}${verdict}`.trimEnd());
}
