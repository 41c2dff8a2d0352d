const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" };

/** Values that commas separate, except those within brackets or quotes, which YAML has for its lists, maps and text. */
export function splitValues(text: string): string[] {
  const values: string[] = [];
  const awaited: string[] = [];
  let from = 0;
  for (const [at, sign] of [...text].entries()) {
    const closing = awaited.at(-1);
    const quoted = closing === '"' || closing === "'";
    if (sign === closing) awaited.pop();
    else if (!quoted && CLOSING[sign] !== undefined) awaited.push(CLOSING[sign]);
    else if (sign === ',' && awaited.length === 0) {
      values.push([...text].slice(from, at).join(''));
      from = at + 1;
    }
  }
  return [...values, [...text].slice(from).join('')];
}
