/** A command as a shell would take it, word by word. */
export function shownCommand(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** A word, in quotes where a shell would see something else in it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}
