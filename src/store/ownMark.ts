/** Of nanoseconds, and of a process's identifier. */
const TIME_BITS = 40;
const PID_BITS = 24;

/**
 * 64 bits that no other process makes, nor this one again: its identifier and the nanoseconds of a clock. They are no secret, so that the
 * library for those, which takes longer to load than a small run, is spared.
 */
export function ownMark(): bigint {
  const time = BigInt.asUintN(TIME_BITS, process.hrtime.bigint());
  return (time << BigInt(PID_BITS)) | BigInt.asUintN(PID_BITS, BigInt(process.pid));
}
