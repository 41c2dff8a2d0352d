/** A word at the end, of signs that tokens and passwords are made of. */
const LAST_WORD = /[\w.~+@%-]+$/;

/**
 * Text of at most so many characters, with `…` behind it where it was longer. A last word that would be cut is left out, since a part of
 * a secret is not known for one; it stays where it is all there is, or has neither letter nor digit.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  const [word = ''] = LAST_WORD.exec(cut) ?? [];
  const isCut = LAST_WORD.test(text.slice(limit, limit + 1)) && /[a-z0-9]/i.test(word) && word.length < cut.length;
  return `${isCut ? cut.slice(0, -word.length) : cut}…`;
}
