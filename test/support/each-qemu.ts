/** Tests of real programs, and what is told where there are none. */
import { describe, expect, test } from "vitest";
import { findQemus, type Qemu } from "./qemu.js";

/**
 * A suite for each QEMU; or one test that is skipped, aloud.
 *
 * @param since - From which major release on.
 */
export function eachQemu(subject: string, since: number, suite: (qemu: Qemu) => void): void {
  const qemus = findQemus().filter(({ major }) => major >= since);
  if (qemus.length === 0) {
    const release = since > 0 ? ` ${since} or later` : "";
    skip(
      subject,
      `there is no QEMU${release}: see scripts/install-qemu.sh, and QAPI_TEST_QEMU in test/support/qemu.ts`,
    );
  }
  for (const qemu of qemus) describe(`${subject}: ${qemu.name}`, () => suite(qemu));
}

/** A test that is skipped, aloud: where all programs must be there, it counts as a failure (`.ci/run`). */
export function skip(subject: string, reason: string): void {
  console.warn(`\nNOT TESTED: ${subject}: ${reason}\n`);
  test.skip(`SKIPPED: ${subject}: ${reason}`, () => {
    expect.unreachable();
  });
}
