const ESCAPE = 27;

/** Escape sequences of terminals (ECMA-48): control sequences such as colours, strings such as titles and links, and short ones. */
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they begin with
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n\r]*(?:\x07|\x1b\\)|[ -/]*[0-~])/g;

/** Whole lines without what only a terminal reads. */
export function plainLines(bytes: Buffer): Buffer {
  if (!bytes.includes(ESCAPE)) return bytes;
  // In Latin-1 every byte is a character, so that bytes which are no escape sequence come back as they were.
  return Buffer.from(bytes.toString('latin1').replace(SEQUENCE, ''), 'latin1');
}
